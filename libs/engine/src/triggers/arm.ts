import { ownerOf } from '../apply/tokens.js';
import type { Evaluator } from '../evaluator.js';
import type { Armed } from '../event.js';
import type { Instance } from '../instance.js';
import type { BoundaryEventDefinition, CatchEventDefinition, StartEventDefinition } from '../model.js';
import { find } from '../table.js';
import { schedule } from '../timers/schedule.js';
import { requiredText } from '../values.js';
import { subscribe } from './messages.js';
import { subscribeToSignal } from './subscribe-to-signal.js';

/** Does a host wait for this event already? A retry finds it armed. */
export function isArmed(instance: Instance, { elementId, host, part }: Armed): boolean {
  const isIt = (one: Armed | undefined) => one !== undefined && one.elementId === elementId && one.part === part;
  const owned = ownerOf(instance, host)?.owns ?? [];
  return owned.some((key) => isIt(find(instance.timers, key)) || isIt(find(instance.subscriptions, key)));
}

/**
 * Begin to wait for what an event is about. `repeats`: may it fire more than once?
 *
 * Errors, escalations, cancels and compensation need no arming: whoever throws them looks for who catches.
 */
export function arm(
  at: Evaluator,
  where: Armed,
  event: BoundaryEventDefinition | CatchEventDefinition | StartEventDefinition,
  repeats = false,
): void {
  const { run } = at;
  if (isArmed(run.instance, where)) return;
  switch (event.type) {
    case 'message':
      return subscribe(at, where, event.message);
    case 'timer':
      return schedule(at, where, event.timer, repeats);
    case 'signal':
      return subscribeToSignal(at, where, requiredText(at, event.name, 'signal name'), event.scoped, repeats);
    case 'conditional':
      run.emit({ type: 'conditionArmed', subscription: run.instance.nextKey, ...where });
      run.haveVariablesChanged = true;
      return;
    case 'multiple':
      for (const [part, one] of event.events.entries()) arm(at, { ...where, part }, one, repeats);
      return;
    default:
      return;
  }
}
