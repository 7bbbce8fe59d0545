import type { ElementId } from '../model.js';
import type { Expression, Mapping } from './expression.js';
import type { MessageReference, Work } from './work.js';

/** ISO 8601 text: an instant, a duration, or a repeating interval such as `R3/PT10M`; or a cron line as a cycle. */
export interface TimerModel {
  readonly kind: 'date' | 'duration' | 'cycle';
  readonly expression: Expression;
}

export interface NoneEvent {
  readonly type: 'none';
}

/** Awaits a message. */
export interface MessageEvent {
  readonly type: 'message';
  readonly message: MessageReference;
}

/** Sends one: by name, or through a job, for which the token waits. */
export interface ThrownMessageEvent {
  readonly type: 'message';
  readonly work: Work;
}

export interface TimerEvent {
  readonly type: 'timer';
  readonly timer: TimerModel;
}

/** Broadcast to every subscription open at that moment; not kept. */
export interface SignalEvent {
  readonly type: 'signal';
  readonly name: Expression;
  /** Thrown only: the payload. */
  readonly variables?: readonly Mapping[];
  /** BPML's signal of a context: kept and counted in the nearest scope that declares it, and consumed by one catcher. */
  readonly scoped?: true;
}

export interface ErrorEvent {
  readonly type: 'error';
  /** Absent where it is caught: every error. */
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** Caught only: variables that take the code and the message. */
  readonly codeVariable?: string;
  readonly messageVariable?: string;
}

export interface EscalationEvent {
  readonly type: 'escalation';
  /** Absent where it is caught: every escalation. */
  readonly escalationCode?: string;
  /** Caught only: the variable that takes the code. */
  readonly codeVariable?: string;
  /** Thrown only: the payload. */
  readonly variables?: readonly Mapping[];
}

/** Leaves a transaction after undoing it. */
export interface CancelEvent {
  readonly type: 'cancel';
}

export interface CompensationEvent {
  readonly type: 'compensation';
  /** Thrown: only what this activity did is undone. Absent: everything in the scope. */
  readonly activityRefs?: readonly ElementId[];
  /** Thrown: does the token wait until all is undone? Default true. */
  readonly waitForCompletion?: boolean;
  /** On a boundary: the activity that undoes. */
  readonly handler?: ElementId;
}

/** Fires when its condition becomes true. */
export interface ConditionalEvent {
  readonly type: 'conditional';
  readonly condition: Expression;
}

/** A go-to within one scope: thrown at many places, caught at one of the same name. */
export interface LinkEvent {
  readonly type: 'link';
  readonly name: string;
}

export interface TerminateEvent {
  readonly type: 'terminate';
}

/** Waits until every process this instance started and went on from has ended (Sterling's `join`). */
export interface SpawnedEvent {
  readonly type: 'spawned';
}

/** Several at once. Caught: any one of them, or all if parallel. Thrown: all. */
export interface MultipleEvent<E> {
  readonly type: 'multiple';
  readonly parallel: boolean;
  readonly events: readonly E[];
}

/** What something outside can bring about. */
export type Trigger = MessageEvent | TimerEvent | SignalEvent | ConditionalEvent;

export type StartEventDefinition = NoneEvent | Trigger | ErrorEvent | EscalationEvent | CompensationEvent | MultipleEvent<Trigger>;
export type CatchEventDefinition = Trigger | LinkEvent | SpawnedEvent | MultipleEvent<Trigger>;
export type BoundaryEventDefinition =
  Trigger | ErrorEvent | EscalationEvent | CancelEvent | CompensationEvent | MultipleEvent<Trigger | ErrorEvent | EscalationEvent>;
type Thrown = ThrownMessageEvent | SignalEvent | EscalationEvent | CompensationEvent;
export type ThrowEventDefinition = NoneEvent | Thrown | LinkEvent | MultipleEvent<Thrown>;
export type EndEventDefinition =
  NoneEvent | Thrown | ErrorEvent | CancelEvent | TerminateEvent | MultipleEvent<Thrown | ErrorEvent | CancelEvent | TerminateEvent>;
/** Whatever an event can be about, wherever it stands. */
export type EventDefinition =
  StartEventDefinition | CatchEventDefinition | BoundaryEventDefinition | ThrowEventDefinition | EndEventDefinition;
