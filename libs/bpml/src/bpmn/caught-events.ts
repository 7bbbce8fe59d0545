import type {
  BoundaryEventDefinition,
  CatchEventDefinition,
  ErrorEvent,
  EscalationEvent,
  LinkEvent,
  MultipleEvent,
  StartEventDefinition,
  Trigger,
} from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { attachedCompensation } from './compensation.js';
import { caughtError, caughtEscalation } from './errors.js';
import { triggerOf } from './event-definitions.js';
import { readFormula } from './formal-expression.js';
import { awaitedMessage } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readSignal } from './signals.js';
import { readTimer } from './timer.js';

/** What starts a process, or an event sub-process; `undefined` (with an error) when it cannot. */
export function readStart(reading: Reading, event: XmlElement, definitions: readonly XmlElement[]): StartEventDefinition | undefined {
  const [definition] = definitions;
  if (!definition) return { type: 'none' };
  if (definitions.length > 1) return readSeveral(reading, event, definitions, readTrigger);
  if (triggerOf(definition) === 'compensation') return { type: 'compensation' };
  return readFailure(reading, definition) ?? readTrigger(reading, event, definition);
}

export function readCatch(reading: Reading, event: XmlElement, definitions: readonly XmlElement[]): CatchEventDefinition | undefined {
  const [definition] = definitions;
  if (!definition) return undefined;
  if (definitions.length > 1) return readSeveral(reading, event, definitions, readTrigger);
  return triggerOf(definition) === 'link' ? readLink(reading, event, definition) : readTrigger(reading, event, definition);
}

export function readAttached(reading: Reading, event: XmlElement, definitions: readonly XmlElement[]): BoundaryEventDefinition | undefined {
  const [definition] = definitions;
  if (!definition) return undefined;
  if (definitions.length > 1) {
    return readSeveral(reading, event, definitions, (_, owner, one) => readFailure(reading, one) ?? readTrigger(reading, owner, one));
  }
  const type = triggerOf(definition);
  if (type === 'cancel') return { type };
  if (type === 'compensation') return attachedCompensation(reading, event);
  return readFailure(reading, definition) ?? readTrigger(reading, event, definition);
}

/** A go-to: modelers write its name on the event where they leave that of the definition empty. */
export function readLink(reading: Reading, event: XmlElement, definition: XmlElement): LinkEvent | undefined {
  const name = definition.attribute('name')?.trim() || event.attribute('name')?.trim() || '';
  if (name !== '') return { type: 'link', name };
  reading.error('bpmn-invalid', `The link event "${title(event)}" has no name: nothing says where it leads.`, event);
  return undefined;
}

/** Several definitions on one event; `undefined` when one of them cannot be read. */
export function readSeveral<E>(
  reading: Reading,
  event: XmlElement,
  definitions: readonly XmlElement[],
  readOne: (reading: Reading, event: XmlElement, definition: XmlElement) => E | undefined,
): MultipleEvent<E> | undefined {
  const events = definitions.map((definition) => readOne(reading, event, definition)).filter((one) => one !== undefined);
  if (events.length < definitions.length) return undefined;
  return { type: 'multiple', parallel: event.flag('parallelMultiple') === true, events };
}

function readFailure(reading: Reading, definition: XmlElement): ErrorEvent | EscalationEvent | undefined {
  const type = triggerOf(definition);
  if (type === 'error') return caughtError(reading, definition);
  return type === 'escalation' ? caughtEscalation(reading, definition) : undefined;
}

function readTrigger(reading: Reading, event: XmlElement, definition: XmlElement): Trigger | undefined {
  const type = triggerOf(definition);
  switch (type) {
    case 'message':
      return { type, message: awaitedMessage(reading, event, definition) };
    case 'timer': {
      const timer = readTimer(reading, event, definition);
      return timer && { type, timer };
    }
    case 'signal':
      return readSignal(reading, event, definition);
    case 'conditional':
      return readConditional(reading, event, definition);
    default:
      reading.error(
        'bpmn-unsupported',
        `The ${type} among the definitions of the ${event.local} "${title(event)}" is not executed.`,
        event,
      );
      return undefined;
  }
}

function readConditional(reading: Reading, event: XmlElement, definition: XmlElement): Trigger | undefined {
  const expression = definition.first('condition');
  const condition = readFormula(reading, event, expression, 'condition');
  if (condition) return { type: 'conditional', condition };
  if (!expression?.text.trim()) reading.error('bpmn-invalid', `The conditional event "${title(event)}" has no condition.`, event);
  return undefined;
}
