import type { Variables } from '../json.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { arm, isArmed } from './arm.js';
import type { Fired } from './deliver.js';
import { repeat } from './repeat.js';

/** Arm the events on an activity's border, unless a retry finds them armed. */
export function armBoundaries(scene: Scene): void {
  const { instance } = scene;
  const host = scene.activate();
  for (const { id: elementId, model } of scene.element.boundaries) {
    const where = { elementId, host };
    if (!isArmed(instance, where)) arm(scene, where, model.event, !model.interrupting);
  }
}

/**
 * An event on an activity's border has come: the token it brings goes on from there. An interrupting one
 * ends the activity first; one that does not may come again.
 *
 * Source: BPMN 2.0.2, 13.5.3.
 */
export function fireBoundary(run: Run, fired: Fired, payload: Variables): void {
  const boundary = run.element(fired.elementId);
  const { scope } = run.token(fired.host);
  const isInterrupting = boundary.model.kind === 'boundaryEvent' && boundary.model.interrupting;
  if (isInterrupting) run.terminate(fired.host);
  else repeat(run, fired);
  run.visit(boundary, scope, payload);
}
