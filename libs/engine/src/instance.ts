import type { Command, ParentReference } from './command.js';
import type { Json, Variables } from './json.js';
import type { ElementId, Instant } from './model.js';

/** A number within its instance, from the instance's own counter. The root scope is 0. */
export type Key = number;

export type InstanceStatus = 'created' | 'active' | 'suspended' | 'completed' | 'terminated';

/**
 * One process instance: plain JSON, changed by `apply` alone.
 *
 * Its tables are arrays ordered by `key` (`table.ts`): small, quick to encode, and a step costs the same
 * however old the instance is. Only what is alive is here; what has ended is in the history.
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
  /** Inner instances of loops begun since then; counted apart. */
  items: number;
  scopes: Scope[];
  elements: ElementInstance[];
  timers: Timer[];
  subscriptions: Subscription[];
  incidents: Incident[];
  /** Tokens on flows that a yielded step has still to bring to their elements, in order. */
  ready: readonly Token[];
  /** Answers that came while it was suspended, in order. */
  deferred?: Command[];
  /** Called processes that nobody here waits for. */
  detached?: { key: Key; elementId: ElementId }[];
  /** Values of BPMN correlation keys, by their names. */
  conversations?: Record<string, string>;
}

/** A token on its way to an element. */
export interface Token {
  readonly elementId: ElementId;
  readonly scope: Key;
  readonly via?: string;
  readonly loopCounter?: number;
  /** It is there already, and is to be entered again. */
  readonly key?: Key;
}

/** Owns variables and tokens. Key 0 is the instance itself; any other key is the element instance that owns it. */
export interface Scope {
  key: Key;
  parent: Key | null;
  variables: Variables;
  /** Element instances alive directly in this scope. At none, with no token on its flows, the scope ends. */
  tokens: number;
  /** Tokens that wait for others, oldest first, by their element's id. Read it with own-key lookups. */
  held?: Record<ElementId, Key[]>;
  /** Flows a complex gateway has taken tokens from and will not wait for again until its reset. */
  resetting?: Record<ElementId, string[]>;
  /** What can be undone, oldest first. */
  compensable?: Compensable[];
  /** Scoped signals raised and not yet taken. */
  signals?: Record<string, number>;
  /** Timers and subscriptions of event sub-processes of the instance itself; those of other scopes belong to the owner. */
  owns?: Key[];
  /** As of element instances, for event sub-processes of the instance itself. */
  seen?: Record<ElementId, number[]>;
}

/** A completed activity with what is needed to undo it. */
export interface Compensable {
  /** Of the element instance it was. */
  key: Key;
  elementId: ElementId;
  /** Its own variables, as they were. */
  variables?: Variables;
  /** What was done inside and can be undone. */
  inner?: Compensable[];
  /** It was cut short: a handler of its own does not undo it. */
  unfinished?: true;
}

/** One visit of the instance to one element: a token, as long as it is here. */
export interface ElementInstance {
  key: Key;
  elementId: ElementId;
  /** The scope it runs in. */
  scope: Key;
  via?: string;
  /** Of an inner instance of a loop, from 1. */
  loopCounter?: number;
  /** Its timers, subscriptions and incidents: they end with it. */
  owns?: Key[];
  waiting?: WaitingFor;
  /** Attempts left of its job. */
  retries?: number;
  assignee?: string;
  /** Of the body of a loop. */
  loop?: LoopState;
  /** Definitions seen of multiple events that need all, by the event's id. */
  seen?: Record<ElementId, number[]>;
  /** Whom it undoes something for. */
  compensates?: Key;
  /** What it still has to undo, the last first. */
  compensating?: Compensable[];
  /** Of an ad-hoc sub-process: what it starts next. */
  pending?: ElementId[];
}

/** What an element instance waits for. A token that waits for others, or one with an incident, waits for nothing of the outside. */
export type WaitingFor =
  | 'job'
  | 'userTask'
  | 'timer'
  | 'message'
  | 'signal'
  | 'condition'
  /** Any of several. */
  | 'event'
  | 'child'
  /** What runs inside. */
  | 'scope'
  /** Other tokens. */
  | 'join'
  | 'compensation'
  /** Variables of an input set. */
  | 'data'
  /** Someone to start an activity of an ad-hoc sub-process. */
  | 'adHoc'
  /** Processes it started and went on from. */
  | 'spawned';

export interface LoopState {
  /** Inner instances in all; -1: as long as the condition holds. */
  total: number;
  started: number;
  completed: number;
  terminated: number;
  items?: readonly Json[];
  outputs?: Json[];
}

export interface Timer {
  key: Key;
  elementId: ElementId;
  host: Key;
  part?: number;
  dueAt: Instant;
  repetitions?: number;
  interval?: string;
}

export type Subscription = MessageSubscription | SignalSubscription | ConditionSubscription;

interface SubscriptionBase {
  key: Key;
  elementId: ElementId;
  host: Key;
  part?: number;
}

export interface MessageSubscription extends SubscriptionBase {
  type: 'message';
  messageName: string;
  correlationKey: string | null;
}

export interface SignalSubscription extends SubscriptionBase {
  type: 'signal';
  signalName: string;
  scoped?: true;
  /** Stays open when it has heard one. */
  repeats?: true;
}

export interface ConditionSubscription extends SubscriptionBase {
  type: 'condition';
  isTrue: boolean;
}

export interface Incident {
  key: Key;
  /** The element instance that cannot go on; 0: the instance itself. */
  host: Key;
  elementId: ElementId;
  code: string;
  message: string;
  retry?: 'leave';
}
