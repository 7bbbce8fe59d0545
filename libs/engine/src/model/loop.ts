import type { EscalationEvent, SignalEvent, ThrownMessageEvent } from './event-definition.js';
import type { Expression } from './expression.js';

/** Repeats one activity. Each inner instance has a scope of its own with `loopCounter`, counted from 1. */
export type Loop = StandardLoop | MultiInstance;

/** While the condition holds, one after the other. */
export interface StandardLoop {
  readonly kind: 'standard';
  /** Look at the condition before the first time, too. */
  readonly testBefore: boolean;
  /** Absent: always true; then `maximum` ends it. */
  readonly condition?: Expression;
  readonly maximum?: Expression;
}

/** Once per item of a collection, or a number of times, fixed when the activity begins. */
export interface MultiInstance {
  readonly kind: 'multiInstance';
  readonly sequential: boolean;
  readonly cardinality?: Expression;
  readonly collection?: Expression;
  /** The variable that holds the item. */
  readonly elementVariable?: string;
  /** A list of what `outputElement` gave in each inner instance, in the order of the items. */
  readonly outputCollection?: string;
  readonly outputElement?: Expression;
  /** Looked at after each inner instance; true ends the rest. Sees `numberOf…Instances`. */
  readonly completionCondition?: Expression;
  /** Thrown when inner instances complete (BPMN 2.0.2, 10.3.8); boundary events of the activity catch them. */
  readonly behavior?: MultiInstanceBehavior;
}

export type BehaviorEvent = SignalEvent | EscalationEvent | ThrownMessageEvent;

export type MultiInstanceBehavior =
  /** `none`: at every completion, `one`: at the first. */
  | { readonly type: 'none' | 'one'; readonly event: BehaviorEvent }
  | { readonly type: 'complex'; readonly definitions: readonly { readonly condition: Expression; readonly event: BehaviorEvent }[] };
