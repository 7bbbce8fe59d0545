import type { Instance, Key } from '../instance.js';
import type { ElementId, Instant } from '../model.js';
import { find } from '../table.js';

/** Something outside that an instance waits for. */
export interface Waiting {
  readonly instanceId: string;
  readonly elementId: ElementId;
  readonly type: 'userTask' | 'job' | 'timer' | 'message' | 'signal' | 'condition' | 'adHoc';
  /** Of the element instance, the timer or the subscription: what the answer names. */
  readonly key: Key;
  /** For timers. */
  readonly dueAt?: Instant;
  /** For events on an activity's border, or of an event sub-process: what they belong to, which waits for something of its own. */
  readonly attachedTo?: ElementId;
  /** For messages. */
  readonly messageName?: string;
  /** For signals. */
  readonly signalName?: string;
}

/** What one instance waits for: work first, then events, each in the order they began to wait. */
export function waitingOf(instanceId: string, state: Instance, processId: string): readonly Waiting[] {
  const found: Waiting[] = [];
  for (const { key, elementId, waiting } of state.elements) {
    if (waiting === 'job' || waiting === 'userTask' || waiting === 'adHoc') found.push({ instanceId, elementId, type: waiting, key });
  }
  const add = (waiting: Waiting, host: Key) => {
    const owner = host === 0 ? processId : find(state.elements, host)!.elementId;
    const isOwn = host !== 0 && (owner === waiting.elementId || find(state.elements, host)?.waiting === undefined);
    found.push(isOwn ? waiting : { ...waiting, attachedTo: owner });
  };
  for (const { key, elementId, host, dueAt } of state.timers) add({ instanceId, elementId, type: 'timer', key, dueAt }, host);
  for (const subscription of state.subscriptions) {
    const { key, elementId, host, type } = subscription;
    if (type === 'message') add({ instanceId, elementId, type, key, messageName: subscription.messageName }, host);
    else if (type === 'signal') add({ instanceId, elementId, type, key, signalName: subscription.signalName }, host);
    else add({ instanceId, elementId, type, key }, host);
  }
  return found;
}
