import type { XmlElement } from '../xml/tree.js';

/** Where an event stands: what it can be about depends on it. */
export type Position =
  | 'process start'
  | 'sub-process start'
  | 'event sub-process start'
  | 'non-interrupting event sub-process start'
  | 'intermediate catch'
  | 'boundary'
  | 'non-interrupting boundary'
  | 'intermediate throw'
  | 'end';

const TRIGGERS = ['message', 'timer', 'conditional', 'signal', 'multiple', 'parallelMultiple'];
const THROWN = ['none', 'message', 'escalation', 'compensation', 'signal', 'multiple'];

/** Source: BPMN 2.0.2, 10.5 (events), the table of types of events and their markers. */
export const ALLOWED: Readonly<Record<Position, readonly string[]>> = {
  'process start': ['none', ...TRIGGERS],
  'sub-process start': ['none'],
  'event sub-process start': ['error', 'escalation', 'compensation', ...TRIGGERS],
  'non-interrupting event sub-process start': ['escalation', ...TRIGGERS],
  'intermediate catch': ['link', ...TRIGGERS],
  boundary: ['error', 'escalation', 'cancel', 'compensation', ...TRIGGERS],
  'non-interrupting boundary': ['escalation', ...TRIGGERS],
  'intermediate throw': ['link', ...THROWN],
  end: ['error', 'cancel', 'terminate', ...THROWN],
};

/** They always end what they interrupt, or (compensation) never do: what the file says about it does not count. */
const INTERRUPTING_BY_NATURE = new Set(['error', 'cancel', 'compensation']);

/** Does the event end what else is under way? */
export function isInterrupting(event: XmlElement, trigger: string): boolean {
  const attribute = event.local === 'boundaryEvent' ? 'cancelActivity' : 'isInterrupting';
  return INTERRUPTING_BY_NATURE.has(trigger) || event.flag(attribute) !== false;
}

/** `undefined` for an event element that the standard does not know. */
export function positionOf(event: XmlElement, trigger: string): Position | undefined {
  switch (event.local) {
    case 'startEvent':
      return startPosition(event, trigger);
    case 'intermediateCatchEvent':
      return 'intermediate catch';
    case 'boundaryEvent':
      return isInterrupting(event, trigger) ? 'boundary' : 'non-interrupting boundary';
    case 'intermediateThrowEvent':
      return 'intermediate throw';
    case 'endEvent':
      return 'end';
    default:
      return undefined;
  }
}

function startPosition(event: XmlElement, trigger: string): Position {
  if (event.parent?.local === 'process') return 'process start';
  if (!isEventSubProcess(event.parent)) return 'sub-process start';
  return isInterrupting(event, trigger) ? 'event sub-process start' : 'non-interrupting event sub-process start';
}

export function isEventSubProcess(container: XmlElement | undefined): boolean {
  return container?.flag('triggeredByEvent') === true;
}

/** Is one of the containers around it a transaction? */
export function isInTransaction(element: XmlElement): boolean {
  const { parent } = element;
  return parent !== undefined && (parent.local === 'transaction' || isInTransaction(parent));
}
