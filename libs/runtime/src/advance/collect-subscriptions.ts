import type { Key } from '@baton/engine';
import type { Changes, RowOf } from './changes.js';
import { isAnswered } from './is-answered.js';
import type { Stepped } from './stepped.js';

/**
 * Rows by which messages and signals find this instance. A condition waits for nothing outside, and a scoped signal never leaves its
 * instance: neither has a row.
 */
export function collectSubscriptions(stepped: Stepped, row: (key: Key) => RowOf, met: ReadonlySet<Key>, changes: Changes): void {
  const { instance, definition, before } = stepped;
  const gone = new Map(before.subscriptions.map((subscription) => [subscription.key, subscription]));
  for (const subscription of instance.subscriptions) {
    const { key, elementId, type } = subscription;
    if (gone.delete(key) || type === 'condition') continue;
    const common = { ...row(key), key, definitionId: definition.id, processId: definition.processId, elementId };
    if (type === 'signal') {
      if (subscription.scoped === undefined) changes.signalSubscriptions.push({ ...common, signalName: subscription.signalName });
      continue;
    }
    changes.subscriptions.push({ ...common, messageName: subscription.messageName, correlationKey: subscription.correlationKey ?? '' });
    changes.jobs.push({ ...row(key), kind: 'subscription', type: '', key, definitionId: null, retries: 0 });
  }
  for (const { key, type } of gone.values()) {
    if (type === 'signal') changes.signalSubscriptionsGone.push(row(key));
    if (type !== 'message') continue;
    if (met.has(key)) changes.subscriptionsMet.push(row(key));
    else changes.subscriptionsClosed.push({ ...row(key), refused: isAnswered(stepped, 'correlateMessage', key) });
    changes.jobsGone.push(row(key));
  }
}
