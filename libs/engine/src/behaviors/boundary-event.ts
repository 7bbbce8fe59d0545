import type { Behavior } from '../behavior.js';
import type { Timer } from '../instance.js';
import type { BoundaryEventModel } from '../model.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { reschedule, schedule } from '../timers/schedule.js';

/**
 * Boundary event: armed while its activity is active. When it fires, the token it brings passes here.
 *
 * An interrupting one ends the activity first. A timer that does not interrupt may fire again.
 * Errors find their boundary event in `error-propagation.ts`.
 */
export const boundaryEvent: Behavior<BoundaryEventModel> = {
  enter(scene) {
    scene.leave();
  },
};

/** Start the timers on an activity's border, unless a retry finds them running. */
export function armBoundaries(scene: Scene): void {
  const { instance, token } = scene;
  for (const { model } of scene.element.boundaries) {
    if (model.event.type !== 'timer') continue;
    if (token.owns?.some((key) => instance.timers[key]?.elementId === model.id)) continue;
    schedule(scene, model.event.timer, model.id, !model.interrupting);
  }
}

/** A timer on an activity's border has fired. */
export function fireBoundary(run: Run, timer: Timer): void {
  const boundary = run.element(timer.elementId);
  const { scope } = run.instance.elements[timer.host]!;
  const isInterrupting = boundary.model.kind === 'boundaryEvent' && boundary.model.interrupting;
  if (isInterrupting) run.terminate(timer.host);
  else reschedule(run, timer);
  run.arrive(boundary, scope);
}
