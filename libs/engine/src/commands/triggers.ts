import type { Command } from '../command.js';
import type { Instance, Key, Subscription } from '../instance.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { deliver } from '../triggers/deliver.js';
import { scopeOf } from '../triggers/scope-of.js';
import { noteConversationAt } from '../triggers/messages.js';
import { Evaluator } from '../evaluator.js';

export function fireTimer(run: Run, key: Key): void {
  const timer = find(run.instance.timers, key);
  if (timer === undefined) throw new Refusal('not-waiting', `Timer ${key} is not running.`);
  run.advanceTime();
  run.emit({ type: 'timerFired', timer: key });
  deliver(run, timer, {});
}

export function correlate(run: Run, command: Extract<Command, { readonly type: 'correlateMessage' }>): void {
  const { subscription: key, messageId, variables } = command;
  const subscription = expectOpen(run.instance, key, 'message');
  run.advanceTime();
  run.emit({ type: 'messageCorrelated', subscription: key, messageId });
  const { model } = run.element(subscription.elementId);
  noteConversationAt(new Evaluator(run, scopeOf(run, subscription)), model, subscription.part, variables);
  deliver(run, subscription, variables);
}

export function receiveSignal(run: Run, command: Extract<Command, { readonly type: 'receiveSignal' }>): void {
  const { subscription: key, variables } = command;
  const subscription = expectOpen(run.instance, key, 'signal');
  run.advanceTime();
  run.emit({ type: 'signalReceived', subscription: key });
  deliver(run, subscription, variables);
}

function expectOpen(instance: Instance, key: Key, type: Subscription['type']): Subscription {
  const subscription = find(instance.subscriptions, key);
  if (subscription?.type !== type) throw new Refusal('not-waiting', `Subscription ${key} is not open.`);
  return subscription;
}
