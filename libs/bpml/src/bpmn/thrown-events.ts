import type {
  CompensationEvent,
  EndEventDefinition,
  EscalationEvent,
  Mapping,
  SignalEvent,
  ThrowEventDefinition,
  ThrownMessageEvent,
} from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readLink, readSeveral } from './caught-events.js';
import { thrownCompensation } from './compensation.js';
import { thrownError, thrownEscalation } from './errors.js';
import { triggerOf } from './event-definitions.js';
import { payloadOf } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readThrownSignal } from './signals.js';
import { readThrownMessage } from './work.js';

type Inputs = readonly Mapping[] | undefined;
type Thrown = ThrownMessageEvent | SignalEvent | EscalationEvent | CompensationEvent;
type EndsBy = Exclude<EndEventDefinition, { readonly type: 'none' | 'multiple' }>;

/** What an event in the middle of the way throws; `undefined` (with an error) when it cannot. */
export function readThrow(
  reading: Reading,
  event: XmlElement,
  definitions: readonly XmlElement[],
  inputs: Inputs,
): ThrowEventDefinition | undefined {
  const [definition] = definitions;
  if (!definition) return { type: 'none' };
  const readOne = (_: Reading, owner: XmlElement, one: XmlElement) =>
    readThrown(reading, owner, one, inputs) ?? refuse(reading, owner, one);
  if (definitions.length > 1) return readSeveral(reading, event, definitions, readOne);
  return triggerOf(definition) === 'link' ? readLink(reading, event, definition) : readOne(reading, event, definition);
}

/** The same at the end of a way. */
export function readEnd(
  reading: Reading,
  event: XmlElement,
  definitions: readonly XmlElement[],
  inputs: Inputs,
): EndEventDefinition | undefined {
  const [definition] = definitions;
  if (!definition) return { type: 'none' };
  const readOne = (_: Reading, owner: XmlElement, one: XmlElement) => readEnding(reading, owner, one, inputs);
  return definitions.length > 1 ? readSeveral(reading, event, definitions, readOne) : readOne(reading, event, definition);
}

function readEnding(reading: Reading, event: XmlElement, definition: XmlElement, inputs: Inputs): EndsBy | undefined {
  const type = triggerOf(definition);
  if (type === 'cancel' || type === 'terminate') return { type };
  if (type === 'error') return thrownError(reading, event, definition);
  return readThrown(reading, event, definition, inputs) ?? refuse(reading, event, definition);
}

/** A thrown definition that may stand wherever something is thrown; `undefined` for any other. */
export function readThrown(reading: Reading, event: XmlElement, definition: XmlElement, inputs: Inputs): Thrown | undefined {
  switch (triggerOf(definition)) {
    case 'message':
      return { type: 'message', work: readThrownMessage(reading, event, definition, inputs) };
    case 'signal':
      return readThrownSignal(reading, event, definition, payloadOf(inputs));
    case 'escalation':
      return thrownEscalation(reading, event, definition, payloadOf(inputs));
    case 'compensation':
      return thrownCompensation(reading, definition);
    default:
      return undefined;
  }
}

function refuse(reading: Reading, event: XmlElement, definition: XmlElement): undefined {
  const type = triggerOf(definition);
  reading.error('bpmn-unsupported', `The ${type} among the definitions of the ${event.local} "${title(event)}" is not executed.`, event);
}
