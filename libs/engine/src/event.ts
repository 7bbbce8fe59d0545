import type { Command, ParentReference } from './command.js';
import type { Key, Token } from './instance.js';
import type { Json, Variables } from './json.js';
import type { Binding, ElementId, Instant } from './model.js';
import type { DecisionMatch } from './ports.js';

/** The version of the event schema below. Stored with every history row; older ones are upcast on read (`upcast.ts`). */
export const EVENT_VERSION = 2;

/**
 * What happened, in order. Past tense. Folding the events of an instance with `apply` gives its state.
 *
 * Some events ask something of the world (`jobCreated`, `userTaskCreated`, `timerScheduled`,
 * `messageSubscriptionOpened`, `messagePublished`, `signalThrown`, `childStarted`); the shell turns them into rows.
 * What belongs to an element instance ends with it: `elementCompleted` and `elementTerminated`
 * withdraw its job, user task, child, timers and subscriptions.
 */
export type Event =
  | {
      /** A token came and went at once: activated and completed in one. Nothing of the visit stays in the state. */
      readonly type: 'elementPassed';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly scope: Key;
      readonly via?: string;
      readonly loopCounter?: number;
      readonly output?: Json;
      readonly caught?: true;
      readonly joined?: readonly Key[];
    }
  | ElementActivated
  /** A token waits for others: at a join, or where an activity takes several to begin. */
  | { readonly type: 'tokenHeld'; readonly key: Key; readonly elementId: ElementId; readonly scope: Key; readonly via?: string }
  | {
      readonly type: 'elementCompleted';
      readonly key: Key;
      readonly elementId: ElementId;
      /** Tokens held at the same element that this completion takes with it. */
      readonly joined?: readonly Key[];
      /** Of an inner instance: its part of the output collection. */
      readonly output?: Json;
    }
  | { readonly type: 'elementTerminated'; readonly key: Key; readonly elementId: ElementId }
  /** A gateway (or an activity with conditional flows) chose. Facts, not sentences. */
  | {
      readonly type: 'routeChosen';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly taken: readonly string[];
      readonly reasons: readonly FlowReason[];
    }
  /** A scope for variables that an element instance gets only after it was activated. Its key is the element instance's. */
  | { readonly type: 'scopeOpened'; readonly scope: Key; readonly parent: Key; readonly variables: Variables }
  | { readonly type: 'variablesSet'; readonly scope: Key; readonly variables: Variables; readonly by?: string; readonly reason?: string }
  | InstanceEvent
  | WorkEvent
  | TriggerEvent
  | ThrowingEvent
  | LoopEvent
  | CompensationRecord
  | IncidentEvent;

export type EventType = Event['type'];

export interface ElementActivated {
  readonly type: 'elementActivated';
  readonly key: Key;
  readonly elementId: ElementId;
  readonly scope: Key;
  /** The flow the token came on. */
  readonly via?: string;
  /** Of an inner instance of a loop, from 1. */
  readonly loopCounter?: number;
  /** Present: it opens a scope with these. */
  readonly variables?: Variables;
  /** It stays here after an event was caught. */
  readonly caught?: true;
  /** It undoes something for this element instance. */
  readonly compensates?: Key;
}

/** The life of the instance as a whole. What it takes in each state: `life-cycle.ts`. */
export type InstanceEvent =
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
  | { readonly type: 'instanceSuspended'; readonly by?: string; readonly reason?: string }
  | { readonly type: 'instanceResumed'; readonly by?: string; readonly reason?: string }
  /** An answer from outside came while the instance was suspended: it is taken up when the instance resumes. */
  | { readonly type: 'commandDeferred'; readonly command: Command }
  /** Someone moves tokens by hand; the events that follow say how. */
  | { readonly type: 'instanceModified'; readonly by?: string; readonly reason?: string }
  | {
      readonly type: 'instanceMigrated';
      readonly processId: string;
      /** Old id → new id, of every element that holds something. */
      readonly elements: Readonly<Record<ElementId, ElementId>>;
      /** Old id → new id, of the flows held tokens came on. */
      readonly flows: Readonly<Record<string, string>>;
      readonly by?: string;
      readonly reason?: string;
    }
  /** The step's budget is used up, or the instance is suspended: these tokens are still on their way. */
  | { readonly type: 'stepYielded'; readonly ready: readonly Token[] }
  | { readonly type: 'instanceCompleted' }
  | {
      readonly type: 'instanceTerminated';
      readonly by?: string;
      readonly reason?: string;
      /** An error nobody here caught, for the call activity that waits: hand it over with `failChild`. */
      readonly error?: { readonly code: string; readonly message?: string };
    };

export type WorkEvent =
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
      readonly type: 'childStarted';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly calledProcessId: string;
      readonly binding: Binding;
      readonly variables: Variables;
      readonly businessKey?: string;
      /** Nobody waits for it; its end is told all the same. */
      readonly detached?: true;
    }
  | { readonly type: 'childCompleted'; readonly key: Key }
  | {
      readonly type: 'decisionEvaluated';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly decisionId: string;
      readonly value: Json;
      readonly matches: readonly DecisionMatch[];
    };

/** What an armed trigger belongs to. */
export interface Armed {
  /** The event element, or the receive task, that waits. */
  readonly elementId: ElementId;
  /**
   * The element instance it ends with: the one that waits itself, the activity a boundary event is on, the event-based
   * gateway, or the owner of the scope an event sub-process lies in (0: the instance).
   */
  readonly host: Key;
  /** Which of several definitions of a multiple event, from 0. */
  readonly part?: number;
}

export type TriggerEvent =
  | (Armed & {
      readonly type: 'timerScheduled';
      readonly timer: Key;
      readonly dueAt: Instant;
      /** Firings still to come after this one; absent: none. -1: without end. */
      readonly repetitions?: number;
      /** ISO 8601 duration (or cron line) between firings; present with `repetitions`. */
      readonly interval?: string;
    })
  | { readonly type: 'timerFired'; readonly timer: Key }
  | { readonly type: 'timerCanceled'; readonly timer: Key }
  | { readonly type: 'timerRescheduled'; readonly timer: Key; readonly dueAt: Instant; readonly by?: string; readonly reason?: string }
  | (Armed & {
      readonly type: 'messageSubscriptionOpened';
      readonly subscription: Key;
      readonly messageName: string;
      readonly correlationKey: string | null;
    })
  | { readonly type: 'messageCorrelated'; readonly subscription: Key; readonly messageId: string }
  | (Armed & {
      readonly type: 'signalSubscriptionOpened';
      readonly subscription: Key;
      readonly signalName: string;
      /** Of a scope of this instance; the world outside is not asked. */
      readonly scoped?: true;
      /** It does not interrupt: it stays open when it has heard one. */
      readonly repeats?: true;
    })
  | { readonly type: 'signalReceived'; readonly subscription: Key }
  | (Armed & { readonly type: 'conditionArmed'; readonly subscription: Key })
  /** The condition was looked at and is no longer what it was. */
  | { readonly type: 'conditionChanged'; readonly subscription: Key; readonly isTrue: boolean; readonly reads: Variables }
  | { readonly type: 'subscriptionClosed'; readonly subscription: Key }
  /** One of several definitions that are all required. */
  | {
      readonly type: 'partSeen';
      readonly host: Key;
      readonly elementId: ElementId;
      readonly part: number;
      /** With it all have been seen; what repeats begins anew. */
      readonly last?: true;
    }
  /** BPMN's shared correlation key got its value from the first message. */
  | { readonly type: 'conversationBegun'; readonly name: string; readonly value: string };

export type ThrowingEvent =
  | {
      readonly type: 'messagePublished';
      /** Of the message itself. */
      readonly key: Key;
      readonly elementId: ElementId;
      readonly messageName: string;
      readonly correlationKey: string | null;
      readonly variables: Variables;
    }
  | {
      readonly type: 'signalThrown';
      readonly elementId: ElementId;
      readonly signalName: string;
      readonly variables: Variables;
      /** Kept and counted in this scope; the world outside is not told. */
      readonly scope?: Key;
    }
  /** A scoped signal that had been kept was taken. */
  | { readonly type: 'signalConsumed'; readonly scope: Key; readonly signalName: string }
  | { readonly type: 'errorThrown'; readonly key: Key; readonly errorCode: string; readonly message?: string }
  /** Which event caught it, on which activity or in which scope. */
  | { readonly type: 'errorCaught'; readonly elementId: ElementId; readonly host: Key; readonly errorCode: string }
  | {
      readonly type: 'escalationThrown';
      readonly key: Key;
      readonly escalationCode: string;
      /** Nobody here caught it: hand it to the call activity that waits, with `escalateChild`. */
      readonly uncaught?: { readonly variables: Variables };
    }
  | { readonly type: 'escalationCaught'; readonly elementId: ElementId; readonly host: Key; readonly escalationCode: string };

export type LoopEvent =
  /** A condition decided how something goes on: it ended a loop or an ad-hoc sub-process, or activated a complex gateway. */
  | {
      readonly type: 'conditionDecided';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly condition: string;
      readonly value: boolean;
      readonly reads: Variables;
    }
  /** A complex gateway went on with tokens of these flows, and waits for its reset. */
  | { readonly type: 'gatewayFired'; readonly elementId: ElementId; readonly scope: Key; readonly flows: readonly string[] }
  | { readonly type: 'gatewayReset'; readonly elementId: ElementId; readonly scope: Key }
  | {
      readonly type: 'loopStarted';
      readonly key: Key;
      /** Inner instances in all; -1: as long as the condition holds. */
      readonly total: number;
      readonly items?: readonly Json[];
    }
  /** It begins once the variables of an input set have values. */
  | { readonly type: 'inputsAwaited'; readonly key: Key; readonly elementId: ElementId }
  /** What an ad-hoc sub-process has to start next. */
  | { readonly type: 'adHocActivated'; readonly key: Key; readonly elementIds: readonly ElementId[] }
  | { readonly type: 'adHocStarted'; readonly key: Key; readonly elementId: ElementId }
  /** It waits for the processes that were started and left to themselves. */
  | { readonly type: 'spawnedAwaited'; readonly key: Key; readonly elementId: ElementId };

export type CompensationRecord =
  /** A completed activity can be undone; its variables and what it holds inside are kept with its scope. Comes before its completion. */
  | {
      readonly type: 'compensationRecorded';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly scope: Key;
      /** It was cut short: only what was done inside is undone, not by a handler of its own. */
      readonly unfinished?: true;
    }
  /** These are to be undone now, the last first; the thrower keeps the list. */
  | {
      readonly type: 'compensationStarted';
      readonly key: Key;
      readonly elementId: ElementId;
      readonly scope: Key;
      readonly recorded: readonly Key[];
    }
  /** The thrower's next one is under way. */
  | {
      readonly type: 'compensationTaken';
      readonly key: Key;
      readonly recorded: Key;
      /** It has no handler of its own: what was done inside it takes its place. */
      readonly unfolds?: true;
      /** The event sub-process that undoes it: what was done inside can be undone there. */
      readonly opened?: Key;
      /** Nobody waits: this element instance, which undoes it, takes over the rest. */
      readonly heir?: Key;
    };

export type IncidentEvent =
  | {
      readonly type: 'incidentCreated';
      readonly incident: Key;
      /** The element instance that cannot go on; 0 where an event sub-process of the instance cannot be armed. */
      readonly key: Key;
      readonly elementId: ElementId;
      /** A slug of the bad-input table: `no-outgoing-flow`, `expression-failed`, `job-retries-exhausted`, `error-uncaught` … */
      readonly code: string;
      readonly message: string;
      readonly reads?: Variables;
      /** The work is done and only the way out failed: that alone is retried. Absent: the whole element is. */
      readonly retry?: 'leave';
    }
  | {
      readonly type: 'incidentResolved';
      readonly incident: Key;
      /** Attempts its job gets now; absent: as modeled. */
      readonly retries?: number;
      readonly by?: string;
    };

/** Why one flow was taken or not: its condition, the values it read and what they gave. */
export interface FlowReason {
  readonly flowId: string;
  readonly condition?: string;
  readonly reads?: Variables;
  readonly value?: Json;
  readonly isDefault?: true;
}
