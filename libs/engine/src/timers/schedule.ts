import type { Evaluator } from '../evaluator.js';
import type { Armed } from '../event.js';
import type { Timer } from '../instance.js';
import type { TimerModel } from '../model.js';
import type { Run } from '../run.js';
import { requiredText } from '../values.js';
import { firstFiring, nextFiring } from './timer.js';

/** Start a timer: for an element's own wait, on an activity's border, for an event sub-process. */
export function schedule(at: Evaluator, where: Armed, timer: TimerModel, mayRepeat: boolean): void {
  const text = requiredText(at, timer.expression, 'timer');
  const firing = firstFiring(timer.kind, text, at.instance.at);
  const due = mayRepeat ? firing : { dueAt: firing.dueAt };
  at.run.emit({ type: 'timerScheduled', timer: at.instance.nextKey, ...where, ...due });
}

/** Start the timer that follows one that has fired, if it repeats. */
export function reschedule(run: Run, { elementId, host, part, dueAt, repetitions, interval }: Timer): void {
  const next = nextFiring({
    dueAt,
    ...(repetitions === undefined ? undefined : { repetitions }),
    ...(interval === undefined ? undefined : { interval }),
  });
  const where = part === undefined ? { elementId, host } : { elementId, host, part };
  if (next !== undefined) run.emit({ type: 'timerScheduled', timer: run.instance.nextKey, ...where, ...next });
}
