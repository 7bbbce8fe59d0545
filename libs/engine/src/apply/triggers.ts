import type { Armed, ThrowingEvent, TriggerEvent } from '../event.js';
import type { ElementInstance, Instance, Key, Scope, WaitingFor } from '../instance.js';
import type { ElementId } from '../model.js';
import { get, insert, remove } from '../table.js';
import { ownValue, setOwn } from '../variables.js';
import { awake, note, ownerOf } from './tokens.js';

/** Timers, subscriptions and what they heard. */
export function applyTrigger(
  instance: Instance,
  event: TriggerEvent | Extract<ThrowingEvent, { readonly type: 'signalThrown' | 'signalConsumed' }>,
): void {
  switch (event.type) {
    case 'timerScheduled': {
      const { timer: key, dueAt, repetitions, interval } = event;
      const timer = { key, ...place(event), dueAt };
      insert(instance.timers, repetitions === undefined || interval === undefined ? timer : { ...timer, repetitions, interval });
      return own(instance, event, key, 'timer');
    }
    case 'timerFired':
    case 'timerCanceled': {
      const timer = remove(instance.timers, event.timer);
      if (timer !== undefined) disown(instance, timer.host, event.timer);
      if (event.type === 'timerFired') awake(instance);
      return;
    }
    case 'timerRescheduled':
      get(instance.timers, event.timer).dueAt = event.dueAt;
      return;
    case 'messageSubscriptionOpened': {
      const { subscription: key, messageName, correlationKey } = event;
      insert(instance.subscriptions, { key, type: 'message', ...place(event), messageName, correlationKey });
      return own(instance, event, key, 'message');
    }
    case 'signalSubscriptionOpened': {
      const { subscription: key, signalName, scoped, repeats } = event;
      insert(instance.subscriptions, {
        key,
        type: 'signal',
        ...place(event),
        signalName,
        ...(scoped === undefined ? undefined : { scoped }),
        ...(repeats === undefined ? undefined : { repeats }),
      });
      return own(instance, event, key, 'signal');
    }
    case 'conditionArmed': {
      const { subscription: key } = event;
      insert(instance.subscriptions, { key, type: 'condition', ...place(event), isTrue: false });
      return own(instance, event, key, 'condition');
    }
    case 'conditionChanged': {
      const subscription = get(instance.subscriptions, event.subscription);
      if (subscription.type === 'condition') subscription.isTrue = event.isTrue;
      return;
    }
    case 'signalReceived': {
      const subscription = get(instance.subscriptions, event.subscription);
      awake(instance);
      if (subscription.type === 'signal' && subscription.repeats === true) return;
      remove(instance.subscriptions, event.subscription);
      return disown(instance, subscription.host, event.subscription);
    }
    case 'messageCorrelated':
    case 'subscriptionClosed': {
      const subscription = remove(instance.subscriptions, event.subscription);
      if (subscription !== undefined) disown(instance, subscription.host, event.subscription);
      if (event.type !== 'subscriptionClosed') awake(instance);
      return;
    }
    case 'partSeen': {
      const owner = ownerOf(instance, event.host)!;
      if (event.last === true) return forget(owner, event.elementId);
      owner.seen ??= {};
      setOwn(owner.seen, event.elementId, [...(ownValue(owner.seen, event.elementId) ?? []), event.part]);
      return;
    }
    case 'conversationBegun':
      instance.conversations ??= {};
      setOwn(instance.conversations, event.name, event.value);
      return;
    case 'signalThrown':
      if (event.scope !== undefined) count(instance, event.scope, event.signalName, 1);
      return;
    case 'signalConsumed':
      return count(instance, event.scope, event.signalName, -1);
  }
}

function place({ elementId, host, part }: Armed): Armed {
  return part === undefined ? { elementId, host } : { elementId, host, part };
}

/** What is armed ends with its host; a host that waits for itself says what for. */
function own(instance: Instance, { elementId, host, part }: Armed, key: Key, waiting: WaitingFor): void {
  note(instance, key);
  const owner = ownerOf(instance, host)!;
  if (owner.owns === undefined) owner.owns = [key];
  else owner.owns.push(key);
  if ('elementId' in owner && owner.elementId === elementId) owner.waiting = part === undefined ? waiting : 'event';
}

function disown(instance: Instance, host: Key, key: Key): void {
  const owner = ownerOf(instance, host);
  const at = owner?.owns === undefined ? -1 : owner.owns.indexOf(key);
  if (owner?.owns !== undefined && at >= 0) owner.owns.splice(at, 1);
}

function forget(owner: ElementInstance | Scope, elementId: ElementId): void {
  const left = Object.entries(owner.seen ?? {}).filter(([id]) => id !== elementId);
  if (left.length === 0) delete owner.seen;
  else owner.seen = Object.fromEntries(left);
}

function count(instance: Instance, scopeKey: Key, name: string, by: number): void {
  const scope = get(instance.scopes, scopeKey);
  scope.signals ??= {};
  setOwn(scope.signals, name, (ownValue(scope.signals, name) ?? 0) + by);
}
