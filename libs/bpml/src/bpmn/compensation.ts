import type { CompensationEvent } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { isActivity } from './flow-nodes.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

const COMPENSATION = 'compensateEventDefinition';

/** A compensation that is thrown: of one activity, or of everything in the scope. */
export function thrownCompensation(reading: Reading, definition: XmlElement): CompensationEvent {
  const activity = reading.find(definition.attribute('activityRef'))?.id;
  return {
    type: 'compensation',
    ...(activity !== undefined && { activityRefs: [activity] }),
    ...(definition.flag('waitForCompletion') === false && { waitForCompletion: false }),
  };
}

/** On a boundary: with the activity that an association ties to it. */
export function attachedCompensation(reading: Reading, event: XmlElement): CompensationEvent | undefined {
  const handler = reading.derive(handlers).get(event);
  if (handler) {
    reading.understand(handler.association);
    return { type: 'compensation', handler: handler.activity.id ?? '' };
  }
  reading.error('bpmn-invalid', `The compensation boundaryEvent "${title(event)}" has no association to the activity that undoes.`, event);
  return undefined;
}

/** Marked so, or tied to a compensation boundary event while no flow leads to it (drawn without the marker). */
export function undoesAnother(reading: Reading, activity: XmlElement): boolean {
  if (activity.flag('isForCompensation') === true) return true;
  const isHandler = [...reading.derive(handlers).values()].some((handler) => handler.activity === activity);
  if (!isHandler || reading.derive(flowTargets).has(activity)) return false;
  reading.info('compensation-assumed', `"${title(activity)}" is tied to a compensation event: it was read as what undoes.`, activity);
  return true;
}

interface Handler {
  readonly association: XmlElement;
  readonly activity: XmlElement;
}

/** Boundary event → its handler. Tools draw the association in either direction. */
function handlers(reading: Reading): ReadonlyMap<XmlElement, Handler> {
  const found = new Map<XmlElement, Handler>();
  for (const association of reading.root.walk()) {
    if (association.local !== 'association') continue;
    const source = reading.find(association.attribute('sourceRef'));
    const target = reading.find(association.attribute('targetRef'));
    for (const [event, activity] of [
      [source, target],
      [target, source],
    ] as const) {
      if (event && activity && isCompensationBoundary(reading, event) && isActivity(activity) && !found.has(event)) {
        found.set(event, { association, activity });
      }
    }
  }
  return found;
}

function isCompensationBoundary(reading: Reading, event: XmlElement): boolean {
  if (event.local !== 'boundaryEvent') return false;
  const named = event.all('eventDefinitionRef').map((reference) => reading.find(reference.text)?.local);
  return event.first(COMPENSATION) !== undefined || named.includes(COMPENSATION);
}

function flowTargets(reading: Reading): ReadonlySet<XmlElement> {
  const targets = new Set<XmlElement>();
  for (const flow of reading.root.walk()) {
    const target = flow.local === 'sequenceFlow' ? reading.find(flow.attribute('targetRef')) : undefined;
    if (target) targets.add(target);
  }
  return targets;
}
