import type { SignalEvent } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { CAMUNDA_FAMILY } from '../namespaces.js';
import { eventDefinitions, triggerOf } from './event-definitions.js';
import { literal, value } from './expression.js';
import { camundaCopies } from './mappings.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText } from './vendor.js';

/** The signal a definition names: by its name, else its id. One that names none is known by the event's own id. */
export function readSignal(reading: Reading, event: XmlElement, definition: XmlElement): SignalEvent {
  const expression = camundaText(reading, definition, 'signalExpression');
  if (expression !== undefined) return { type: 'signal', name: value(expression) };
  const signal = reading.find(definition.attribute('signalRef'));
  if (signal?.local === 'signal') {
    reading.understand(signal);
    return { type: 'signal', name: value(signal.attribute('name')?.trim() || signal.id || '') };
  }
  const name = reading.derive(anonymousThrower) ?? event.id ?? '';
  reading.warn('no-signal', `"${title(event)}" names no signal: it goes by "${name}".`, event);
  return { type: 'signal', name: literal(name) };
}

/** The first event of the file that throws a signal without a name: all others without one, thrown or caught, are the same signal. */
function anonymousThrower(reading: Reading): string | undefined {
  for (const event of reading.root.walk()) {
    if (event.local !== 'intermediateThrowEvent' && event.local !== 'endEvent') continue;
    if (eventDefinitions(reading, event).some((one) => triggerOf(one) === 'signal' && isAnonymous(reading, one))) return event.id;
  }
  return undefined;
}

function isAnonymous(reading: Reading, definition: XmlElement): boolean {
  const isComputed = definition.attributes.some(({ uri, local }) => CAMUNDA_FAMILY.has(uri) && local === 'signalExpression');
  return !isComputed && reading.find(definition.attribute('signalRef'))?.local !== 'signal';
}

/** The same where it is thrown, with what it carries: Camunda's `in`, else the event's input mappings. */
export function readThrownSignal(
  reading: Reading,
  event: XmlElement,
  definition: XmlElement,
  payload: SignalEvent['variables'],
): SignalEvent {
  const variables = [...camundaCopies(reading, definition, 'in'), ...(payload ?? [])];
  return { ...readSignal(reading, event, definition), ...(variables.length > 0 && { variables }) };
}
