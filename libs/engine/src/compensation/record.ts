import type { Element } from '../process.js';
import type { Scene } from '../scene.js';
import { find } from '../table.js';

/**
 * An activity completes: remember it if it can be undone, with its variables as they are now.
 *
 * That is so for one with a compensation handler, and for one that holds such inside.
 *
 * Source: BPMN 2.0.2, 13.5.5 (compensation data: a snapshot of the completed activity).
 */
export function recordCompensation(scene: Scene): void {
  const { element, scope, run, arrival } = scene;
  if (arrival.compensates !== undefined) return; // what undoes is not undone
  const hasInside = scene.isActive && find(run.instance.scopes, scene.key)?.compensable !== undefined;
  if (element.compensation === undefined && !hasInside) return;
  if (scene.isActive && scene.token.loop?.completed === 0) return; // nothing was done
  if (isCompensationEventSubProcess(element)) return;
  run.emit({ type: 'compensationRecorded', key: scene.activate(), elementId: element.id, scope });
}

/** It undoes even where nobody waits for it. What any other event sub-process did is undone with the scope it lies in. */
function isCompensationEventSubProcess({ model, starts }: Element): boolean {
  if (model.kind !== 'subProcess' || model.triggeredByEvent === undefined) return false;
  return starts.some((start) => start.model.kind === 'startEvent' && start.model.event.type === 'compensation');
}
