import { Evaluator } from '../evaluator.js';
import type { Run } from '../run.js';
import { reschedule } from '../timers/schedule.js';
import { arm } from './arm.js';
import type { Fired } from './deliver.js';

/** Wait once more for what has just come: the event did not interrupt, so it may come again. */
export function repeat(run: Run, fired: Fired): void {
  const { elementId, host, part } = fired;
  const where = part === undefined ? { elementId, host } : { elementId, host, part };
  if (part !== undefined && isParallel(run, fired)) return armAll(run, fired);
  if ('dueAt' in fired) return reschedule(run, fired);
  if (!('type' in fired)) return;
  const subscription = run.instance.nextKey;
  switch (fired.type) {
    case 'message': {
      const { messageName, correlationKey } = fired;
      return run.emit({ type: 'messageSubscriptionOpened', subscription, ...where, messageName, correlationKey });
    }
    case 'signal':
    case 'condition':
      return; // stay armed as they are
  }
}

function isParallel(run: Run, { elementId }: Fired): boolean {
  const { model } = run.element(elementId);
  return 'event' in model && model.event.type === 'multiple' && model.event.parallel;
}

/** All of them are required once more. A condition is still armed; it counts when it becomes true again. */
function armAll(run: Run, { elementId, host }: Fired): void {
  const { model } = run.element(elementId);
  if (!('event' in model) || model.event.type !== 'multiple') return;
  const at = model.kind === 'boundaryEvent' ? run.scene(host) : new Evaluator(run, host);
  for (const [part, event] of model.event.events.entries()) {
    if (event.type === 'message' && !('message' in event)) continue; // only ever thrown
    if (event.type !== 'conditional' && event.type !== 'terminate') arm(at, { elementId, host, part }, event, true);
  }
}
