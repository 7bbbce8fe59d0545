import type { ErrorEvent, EscalationEvent } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText } from './vendor.js';

/** A definition that names no error, or one without a code, catches every one. */
export function caughtError(reading: Reading, definition: XmlElement): ErrorEvent {
  const codeVariable = camundaText(reading, definition, 'errorCodeVariable');
  const messageVariable = camundaText(reading, definition, 'errorMessageVariable');
  return {
    type: 'error',
    ...(!catchesEvery(reading, definition) && namedError(reading, definition)),
    ...(codeVariable !== undefined && { codeVariable }),
    ...(messageVariable !== undefined && { messageVariable }),
  };
}

export function thrownError(reading: Reading, event: XmlElement, definition: XmlElement): ErrorEvent {
  const error = namedError(reading, definition);
  if (!error) reading.warn('no-error', `"${title(event)}" names no error: only what catches every error catches it.`, event);
  return { type: 'error', ...error };
}

export function caughtEscalation(reading: Reading, definition: XmlElement): EscalationEvent {
  const codeVariable = camundaText(reading, definition, 'escalationCodeVariable');
  const named = !catchesEvery(reading, definition) && namedEscalation(reading, definition);
  return { type: 'escalation', ...named, ...(codeVariable !== undefined && { codeVariable }) };
}

export function thrownEscalation(
  reading: Reading,
  event: XmlElement,
  definition: XmlElement,
  variables: EscalationEvent['variables'],
): EscalationEvent {
  const escalation = namedEscalation(reading, definition);
  if (!escalation) {
    reading.warn('no-escalation', `"${title(event)}" names no escalation: only what catches every escalation catches it.`, event);
  }
  return { type: 'escalation', ...escalation, ...(variables && { variables }) };
}

/** An error without a code is known by its id, so that throwing and catching it still meet. */
function namedError(reading: Reading, definition: XmlElement): Pick<ErrorEvent, 'errorCode' | 'errorMessage'> | undefined {
  const reference = definition.attribute('errorRef')?.trim();
  const error = reading.find(reference);
  // Camunda 7's family takes a reference that leads nowhere for the code itself.
  if (!error && reference) return { errorCode: reference };
  if (error?.local !== 'error') return undefined;
  reading.understand(error);
  const errorMessage = camundaText(reading, error, 'errorMessage');
  return { errorCode: error.attribute('errorCode')?.trim() || error.id || '', ...(errorMessage !== undefined && { errorMessage }) };
}

function namedEscalation(reading: Reading, definition: XmlElement): Pick<EscalationEvent, 'escalationCode'> | undefined {
  const escalation = reading.find(definition.attribute('escalationRef'));
  if (escalation?.local !== 'escalation') return undefined;
  reading.understand(escalation);
  return { escalationCode: escalation.attribute('escalationCode')?.trim() || escalation.id || '' };
}

/**
 * Does a definition name an error or escalation without a code? Caught, that means every one.
 *
 * Files that also throw what has no code mean that one: both are known by its id, so that they meet. Source: BPMN 2.0.2,
 * 10.5.5 (without an errorCode any error triggers the event, and what is thrown must have one).
 */
function catchesEvery(reading: Reading, definition: XmlElement): boolean {
  const named = reading.find(definition.attribute('errorRef') ?? definition.attribute('escalationRef'));
  if (!named || !/^(error|escalation)$/.test(named.local)) return false;
  if (named.attribute(`${named.local}Code`)?.trim() || reading.derive(thrown).has(named)) return false;
  reading.understand(named);
  return true;
}

/** What some event of the file throws: any definition that stands at no catching event. */
function thrown(reading: Reading): ReadonlySet<XmlElement> {
  const found = new Set<XmlElement>();
  for (const element of reading.root.walk()) {
    if (!/^(error|escalation)EventDefinition$/.test(element.local) || CATCHING.test(element.parent?.local ?? '')) continue;
    const named = reading.find(element.attribute('errorRef') ?? element.attribute('escalationRef'));
    if (named) found.add(named);
  }
  return found;
}

const CATCHING = /^(startEvent|boundaryEvent|intermediateCatchEvent)$/;
