import type { Timer } from '../instance.js';
import type { ElementId, TimerModel } from '../model.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { requiredText } from '../values.js';
import { firstFiring, nextFiring } from './timer.js';

/** Start a timer on an element instance: for its own wait, or for a boundary event of it. */
export function schedule(scene: Scene, timer: TimerModel, elementId: ElementId, mayRepeat: boolean): void {
  const text = requiredText(scene, timer.expression, 'timer');
  const firing = firstFiring(timer.kind, text, scene.instance.at);
  const due = mayRepeat ? firing : { dueAt: firing.dueAt };
  scene.run.emit({ type: 'timerScheduled', timer: scene.run.nextKey(), elementId, host: scene.key, ...due });
}

/** Start the timer that follows one that has fired, if it repeats. */
export function reschedule(run: Run, { elementId, host, ...fired }: Timer): void {
  const next = nextFiring(fired);
  if (next !== undefined) run.emit({ type: 'timerScheduled', timer: run.nextKey(), elementId, host, ...next });
}
