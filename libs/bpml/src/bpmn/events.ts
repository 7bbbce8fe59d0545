import type { ElementBase, ElementModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readAttached, readCatch, readStart } from './caught-events.js';
import { eventDefinitions, trigger } from './event-definitions.js';
import { readMappings } from './mappings.js';
import { ALLOWED, isEventSubProcess, isInTransaction, isInterrupting, positionOf } from './positions.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readEnd, readThrow } from './thrown-events.js';
import { readForm } from './user-task.js';
import { camundaText } from './vendor.js';

/** An event of any kind; `undefined` (with an error) when its trigger is not allowed where it stands, or cannot be read. */
export function readEvent(reading: Reading, element: XmlElement, base: ElementBase): ElementModel | undefined {
  const definitions = eventDefinitions(reading, element);
  const type = trigger(reading, element);
  for (const definition of definitions) reading.understandStandard(definition);
  const refusal = refusalOf(reading, element, type);
  if (refusal) {
    reading.error(refusal.code, refusal.message, element);
    return undefined;
  }
  const { inputs, outputs } = readMappings(reading, element);
  const given = inputs && { inputs };
  const mapped = outputs && { outputs };
  switch (element.local) {
    case 'startEvent': {
      const event = readStart(reading, element, definitions);
      return event && { kind: 'startEvent', ...base, event, ...startDetails(reading, element, type), ...mapped };
    }
    case 'intermediateCatchEvent': {
      const event = readCatch(reading, element, definitions);
      return event && { kind: 'intermediateCatchEvent', ...base, event, ...mapped };
    }
    case 'boundaryEvent': {
      const event = readAttached(reading, element, definitions);
      const attachedTo = reading.find(element.attribute('attachedToRef'))?.id ?? '';
      return event && { kind: 'boundaryEvent', ...base, attachedTo, interrupting: isInterrupting(element, type), event, ...mapped };
    }
    case 'intermediateThrowEvent': {
      const event = readThrow(reading, element, definitions, inputs);
      return event && { kind: 'intermediateThrowEvent', ...base, event, ...given };
    }
    default: {
      const event = readEnd(reading, element, definitions, inputs);
      return event && { kind: 'endEvent', ...base, event, ...given };
    }
  }
}

function startDetails(reading: Reading, element: XmlElement, type: string) {
  const initiatorVariable = camundaText(reading, element, 'initiator');
  return {
    ...(isEventSubProcess(element.parent) && { interrupting: isInterrupting(element, type) }),
    ...readForm(reading, element),
    ...(initiatorVariable !== undefined && { initiatorVariable }),
  };
}

interface Refusal {
  readonly code: 'bpmn-invalid' | 'bpmn-unsupported';
  readonly message: string;
}

/** Why an event cannot stand where it does; absent when it can. */
function refusalOf(reading: Reading, element: XmlElement, type: string): Refusal | undefined {
  const what = `The ${type} ${element.local} "${title(element)}"`;
  const position = positionOf(element, type);
  if (position === undefined) return { code: 'bpmn-unsupported', message: `The ${element.local} "${title(element)}" is not executed.` };
  if (!ALLOWED[position].includes(type)) {
    const isKnown = Object.values(ALLOWED).some((types) => types.includes(type));
    return isKnown
      ? { code: 'bpmn-invalid', message: `${what} is not allowed: no ${position} event can be of this kind.` }
      : { code: 'bpmn-unsupported', message: `${what} is not executed.` };
  }
  if (type !== 'cancel') return undefined;
  const host = reading.find(element.attribute('attachedToRef'));
  const isInPlace = element.local === 'boundaryEvent' ? host?.local === 'transaction' : isInTransaction(element);
  return isInPlace ? undefined : { code: 'bpmn-invalid', message: `${what} is not allowed outside a transaction.` };
}
