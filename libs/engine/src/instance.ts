import type { Variables } from './json.js';
import type { ElementId, Instant } from './model.js';
import type { ParentReference } from './command.js';

/** A number within its instance, from the instance's own counter. The root scope is 0. */
export type Key = number;

export type InstanceStatus = 'created' | 'active' | 'suspended' | 'completed' | 'terminated';

/**
 * One process instance: plain JSON, changed by `apply` alone.
 *
 * Records are keyed by `Key`. Only what is alive is here; what has ended is in the history.
 */
export interface Instance {
  status: InstanceStatus;
  processId: string;
  businessKey?: string;
  parent?: ParentReference;
  startedAt: Instant;
  /** The last command's time. */
  at: Instant;
  /** The next free key. */
  nextKey: Key;
  /** Events applied so far; the next event's sequence number, counted from 0. */
  sequence: number;
  /** Elements entered since something outside last answered. Bounds a loop that never waits. */
  transitions: number;
  scopes: Record<Key, Scope>;
  elements: Record<Key, ElementInstance>;
  timers: Record<Key, Timer>;
  subscriptions: Record<Key, MessageSubscription>;
  incidents: Record<Key, Incident>;
  /** Element instances a yielded step has still to enter, in order. */
  ready: readonly Key[];
}

/** Owns variables and tokens. Key 0 is the instance itself; any other key is the element instance that owns it. */
export interface Scope {
  parent: Key | null;
  variables: Variables;
  /** Element instances alive directly in this scope. At none, the scope ends. */
  tokens: number;
  /** Tokens held at joins, oldest first, by the join's element id. Read it with own-key lookups. */
  held?: Record<ElementId, Key[]>;
}

/** One visit of the instance to one element: a token, as long as it is here. */
export interface ElementInstance {
  elementId: ElementId;
  /** The scope it runs in. */
  scope: Key;
  via?: string;
  /** Its timers, subscriptions and incidents: they end with it. */
  owns?: Key[];
  /** What it waits for. A token at a join, or one with an incident, waits for nothing of the outside. */
  waiting?: 'job' | 'userTask' | 'timer' | 'message' | 'child' | 'scope' | 'join';
  /** Attempts left of its job. */
  retries?: number;
  assignee?: string;
}

export interface Timer {
  elementId: ElementId;
  host: Key;
  dueAt: Instant;
  repetitions?: number;
  interval?: string;
}

export interface MessageSubscription {
  elementId: ElementId;
  host: Key;
  messageName: string;
  correlationKey: string | null;
}

export interface Incident {
  key: Key;
  elementId: ElementId;
  code: string;
  message: string;
  retry?: 'leave';
}
