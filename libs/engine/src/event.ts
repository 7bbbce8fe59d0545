import type { Json, Variables } from './json.js';
import type { Binding, ElementId, Instant } from './model.js';
import type { DecisionMatch } from './ports.js';
import type { ParentReference } from './command.js';
import type { Key } from './instance.js';

/** The version of the event schema below. Stored with every history row; older ones are upcast on read. */
export const EVENT_VERSION = 1;

/**
 * What happened, in order. Past tense. Folding the events of an instance with `apply` gives its state.
 *
 * Some events ask something of the world (`jobCreated`, `userTaskCreated`, `timerScheduled`,
 * `messageSubscriptionOpened`, `messagePublished`, `childStarted`); the shell turns them into rows.
 * What belongs to an element instance ends with it: `elementCompleted` and `elementTerminated`
 * withdraw its job, user task, child, timers and subscriptions.
 */
export type Event =
  | {
      readonly type: 'instanceStarted';
      readonly at: Instant;
      readonly processId: string;
      readonly startElementId: ElementId;
      readonly variables: Variables;
      readonly businessKey?: string;
      readonly parent?: ParentReference;
      readonly by?: string;
    }
  /** The time of the command the following events answer. Left out when it equals the instance's last. */
  | { readonly type: 'timeAdvanced'; readonly at: Instant }
  | {
      readonly type: 'elementActivated';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly scope: Key;
      /** The flow the token came on. */
      readonly via?: string;
    }
  /** A token waits at a join for the slower branches. */
  | { readonly type: 'tokenHeld'; readonly key: Key; readonly elementId: ElementId }
  | {
      readonly type: 'elementCompleted';
      readonly key: Key;
      readonly elementId: ElementId;
      /** Tokens held at the same join that this completion takes with it. */
      readonly joined?: readonly Key[];
    }
  | { readonly type: 'elementTerminated'; readonly key: Key; readonly elementId: ElementId }
  | { readonly type: 'flowTaken'; readonly flowId: string; readonly scope: Key }
  /** A gateway (or an activity with conditional flows) chose. Facts, not sentences. */
  | {
      readonly type: 'routeChosen';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly taken: readonly string[];
      readonly reasons: readonly FlowReason[];
    }
  /** A scope for variables: of a sub-process, or of an activity with input mappings. Its key is the element instance's. */
  | { readonly type: 'scopeOpened'; readonly scope: Key; readonly parent: Key; readonly variables: Variables }
  | { readonly type: 'variablesSet'; readonly scope: Key; readonly variables: Variables; readonly by?: string; readonly reason?: string }
  | {
      readonly type: 'jobCreated';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly jobType: string;
      readonly retries: number;
      readonly headers: Readonly<Record<string, string>>;
      /** What the worker sees. Not state: `apply` ignores it, history leaves it out. */
      readonly variables?: Variables;
    }
  | { readonly type: 'jobFailed'; readonly key: Key; readonly retriesLeft: number; readonly message: string; readonly retryAt?: Instant }
  | {
      readonly type: 'userTaskCreated';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly name: string;
      readonly assignee?: string;
      readonly candidateUsers: readonly string[];
      readonly candidateGroups: readonly string[];
      readonly dueAt?: Instant;
      readonly followUpAt?: Instant;
      readonly priority: number;
      readonly formKey?: string;
    }
  | { readonly type: 'userTaskAssigned'; readonly key: Key; readonly assignee: string | null; readonly by?: string }
  | { readonly type: 'userTaskCompleted'; readonly key: Key; readonly by?: string }
  | {
      readonly type: 'timerScheduled';
      readonly timer: Key;
      readonly elementId: ElementId;
      /** The element instance that waits or, for a boundary event, that it is attached to. */
      readonly host: Key;
      readonly dueAt: Instant;
      /** Firings still to come after this one; absent: none. -1: without end. */
      readonly repetitions?: number;
      /** ISO 8601 duration between firings; present with `repetitions`. */
      readonly interval?: string;
    }
  | { readonly type: 'timerFired'; readonly timer: Key }
  | { readonly type: 'timerCanceled'; readonly timer: Key }
  | {
      readonly type: 'messageSubscriptionOpened';
      readonly subscription: Key;
      readonly elementId: ElementId;
      readonly host: Key;
      readonly messageName: string;
      readonly correlationKey: string | null;
    }
  | { readonly type: 'messageCorrelated'; readonly subscription: Key; readonly messageId: string }
  | { readonly type: 'messageSubscriptionClosed'; readonly subscription: Key }
  | {
      readonly type: 'messagePublished';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly messageName: string;
      readonly correlationKey: string | null;
      readonly variables: Variables;
    }
  | {
      readonly type: 'childStarted';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly calledProcessId: string;
      readonly binding: Binding;
      readonly variables: Variables;
      readonly businessKey?: string;
    }
  | { readonly type: 'childCompleted'; readonly key: Key }
  | {
      readonly type: 'decisionEvaluated';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly decisionId: string;
      readonly value: Json;
      readonly matches: readonly DecisionMatch[];
    }
  | { readonly type: 'errorThrown'; readonly key: Key; readonly errorCode: string; readonly message?: string }
  /** Which boundary event caught it, on which activity. */
  | { readonly type: 'errorCaught'; readonly elementId: ElementId; readonly host: Key; readonly errorCode: string }
  | {
      readonly type: 'incidentCreated';
      readonly incident: Key;
      /** The element instance that cannot go on. */
      readonly key: Key;
      readonly elementId: ElementId;
      /** A slug of the bad-input table: `no-outgoing-flow`, `expression-failed`, `job-retries-exhausted`, `error-uncaught` … */
      readonly code: string;
      readonly message: string;
      readonly reads?: Variables;
      /** The work is done and only the way out failed: that alone is retried. Absent: the whole element is. */
      readonly retry?: 'leave';
    }
  | { readonly type: 'incidentResolved'; readonly incident: Key; readonly by?: string }
  /** The step's budget is used up; a `continue` command goes on with these. */
  | { readonly type: 'stepYielded'; readonly ready: readonly Key[] }
  | { readonly type: 'instanceCompleted' }
  | {
      readonly type: 'instanceTerminated';
      readonly by?: string;
      readonly reason?: string;
      /** An error nobody here caught, for the call activity that waits: hand it over with `failChild`. */
      readonly error?: { readonly code: string; readonly message?: string };
    };

export type EventType = Event['type'];

/** Why one flow was taken or not: its condition, the values it read and what they gave. */
export interface FlowReason {
  readonly flowId: string;
  readonly condition?: string;
  readonly reads?: Variables;
  readonly value?: Json;
  readonly isDefault?: true;
}
