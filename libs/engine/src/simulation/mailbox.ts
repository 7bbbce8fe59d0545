import type { Instance, Key } from '../instance.js';
import type { Variables } from '../json.js';
import type { ElementId, Instant } from '../model.js';
import type { Process } from '../process.js';
import { startTriggers } from '../start-triggers.js';

export interface PublishedMessage {
  readonly name: string;
  /** Absent or null: it reaches a subscription of its name whatever key that waits for. */
  readonly correlationKey?: string | null;
  readonly variables: Variables;
}

/** Who gets a message: per process definition one subscription, else one new instance. */
export interface Delivery {
  readonly message: PublishedMessage;
  readonly subscriptions: readonly { readonly instanceId: string; readonly subscription: Key }[];
  readonly starts: readonly { readonly process: Process; readonly elementId: ElementId; readonly part?: number }[];
}

interface Recipient {
  readonly id: string;
  readonly process: Process;
  readonly state: Instance;
}

/** Messages on their way, oldest first. One that nobody takes stays until somebody does. */
export class Mailbox {
  private messages: PublishedMessage[] = [];

  put(message: PublishedMessage): void {
    this.messages.push(message);
  }

  /** The oldest message that has a taker, with its takers: the oldest open subscription of each definition (`docs/decisions/0013`). */
  take(instances: readonly Recipient[], processes: readonly Process[], now: Instant): Delivery | undefined {
    for (const message of this.messages) {
      const delivery = deliver(message, instances, processes, now);
      if (delivery.subscriptions.length + delivery.starts.length === 0) continue;
      this.messages = this.messages.filter((other) => other !== message);
      return delivery;
    }
    return undefined;
  }
}

function deliver(message: PublishedMessage, instances: readonly Recipient[], processes: readonly Process[], now: Instant): Delivery {
  const subscriptions: { instanceId: string; subscription: Key }[] = [];
  const starts: { process: Process; elementId: ElementId; part?: number }[] = [];
  for (const process of processes) {
    const subscription = oldestSubscription(
      message,
      instances.filter((instance) => instance.process.id === process.id),
    );
    if (subscription !== undefined) {
      subscriptions.push(subscription);
      continue;
    }
    const start = startTriggers(process, now).find((trigger) => trigger.type === 'message' && trigger.messageName === message.name);
    if (start !== undefined)
      starts.push({ process, elementId: start.elementId, ...(start.part === undefined ? undefined : { part: start.part }) });
  }
  return { message, subscriptions, starts };
}

function oldestSubscription(
  message: PublishedMessage,
  instances: readonly Recipient[],
): { instanceId: string; subscription: Key } | undefined {
  for (const { id, state } of instances) {
    if (state.status !== 'active') continue;
    for (const subscription of state.subscriptions) {
      if (subscription.type !== 'message') continue;
      const { key, messageName, correlationKey } = subscription;
      const isForIt = correlationKey === null || (message.correlationKey ?? null) === null || correlationKey === message.correlationKey;
      if (messageName === message.name && isForIt) return { instanceId: id, subscription: key };
    }
  }
  return undefined;
}
