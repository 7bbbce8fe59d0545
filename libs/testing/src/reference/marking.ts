/**
 * Where every token of one instance is: plain data, never changed, only replaced.
 *
 * The reference model plays BPMN slowly and literally, to have something the engine can be compared with.
 * It shares the model's types with the engine and not one line of code.
 */
export interface Marking {
  readonly status: 'active' | 'completed';
  /** Tokens that can move now, first come first. Empty between two steps. */
  readonly moving: readonly Move[];
  /** Tokens that are at an element, the oldest first. */
  readonly visits: readonly Visit[];
  /** Tokens that wait on a flow for a join, the oldest first. */
  readonly held: readonly Held[];
  readonly scopes: readonly Scope[];
  readonly subscriptions: readonly Subscription[];
  readonly undoings: readonly Undoing[];
  /** Subscriptions a signal is on its way to. */
  readonly heard: readonly number[];
  /** The next free number. */
  readonly next: number;
  /** The step was cut off: its tokens never came to rest. */
  readonly overrun: boolean;
}

export type Value = string | number | boolean | null | readonly Value[] | { readonly [name: string]: Value };
export type Values = Readonly<Record<string, Value>>;

/** A token about to enter an element. */
export interface Move {
  readonly scope: number;
  readonly element: string;
  /** The flow it is on; absent where no flow leads: starts, handlers. */
  readonly via?: string;
  /** It is inner instance number so and so of the loop whose body owns `scope`. */
  readonly counter?: number;
  /** It undoes something, on behalf of this undoing. */
  readonly undoing?: number;
  /** Variables it brings along. */
  readonly locals?: Values;
}

/** A token at an element. */
export interface Visit {
  readonly id: number;
  readonly element: string;
  readonly scope: number;
  readonly waiting: 'work' | 'event' | 'scope' | 'undoing' | 'incident';
  readonly counter?: number;
  readonly undoing?: number;
}

export interface Held {
  readonly scope: number;
  readonly element: string;
  readonly flow: string;
}

export interface Scope {
  readonly id: number;
  readonly parent?: number;
  /** The visit it belongs to; absent for the instance itself and for what is restored to be undone. */
  readonly owner?: number;
  /**
   * `locals` holds variables only, `loop` the inner instances of one activity, and
   * `restored` is the finished sub-process whose activities are being undone.
   */
  readonly kind: 'process' | 'subProcess' | 'loop' | 'locals' | 'restored';
  /** The sub-process whose elements run in it. */
  readonly element?: string;
  readonly variables: Values;
  /** What can be undone, the first completed first. */
  readonly done: readonly Done[];
  /** Its event sub-processes no longer wait: one of them has interrupted it, or it is being canceled. */
  readonly disarmed: boolean;
  readonly loop?: LoopProgress;
}

export interface LoopProgress {
  readonly total: number;
  readonly begun: number;
  readonly completed: number;
}

/** Something outside can make this happen. */
export interface Subscription {
  readonly id: number;
  /** The catching element: a catch event, a receive task, a boundary event, the start of an event sub-process. */
  readonly element: string;
  /** It ends with this visit … */
  readonly visit?: number;
  /** … or, for an event sub-process, with this scope. */
  readonly scope?: number;
  readonly kind: 'timer' | 'message' | 'signal';
  readonly name: string;
  /** Times it can still happen; -1 without end. */
  readonly left: number;
}

/** A completed activity that can be undone. */
export interface Done {
  readonly element: string;
  /** The activity, or the event sub-process, that undoes it. Absent: what it had done inside is undone, one by one. */
  readonly handler?: string;
  readonly variables: Values;
  readonly done: readonly Done[];
}

/** A compensation under way, one record after the other, the last first. */
export interface Undoing {
  readonly id: number;
  readonly scope: number;
  readonly todo: readonly Done[];
  /** The throw event that waits for it. */
  readonly thrower?: number;
  /** The undoing this one is a part of. */
  readonly within?: number;
  /** The scope goes when it is over. */
  readonly restored?: number;
  /** A transaction that leaves when it is over. */
  readonly cancels?: number;
}

export interface TraceEntry {
  readonly elementId: string;
  readonly event: 'activated' | 'completed' | 'terminated' | 'caught' | 'thrown';
}
