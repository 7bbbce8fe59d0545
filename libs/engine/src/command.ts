import type { Key } from './instance.js';
import type { Variables } from './json.js';
import type { ElementId, Instant } from './model.js';

/**
 * What may be asked of an instance. Imperative; the answer is a list of events, or a `Refusal`.
 *
 * `at` is the command's time and the only time the engine knows. It is never before the instance's last.
 * `by` names the person or client that asked, for history; the engine decides nothing by it.
 */
export type Command = { readonly at: Instant; readonly by?: string } & (Start | WorkCommand | TriggerCommand | OperatorCommand);

export type CommandType = Command['type'];

interface Start {
  readonly type: 'start';
  readonly variables: Variables;
  readonly businessKey?: string;
  /** Absent: the only none start. A trigger names the element it came to. */
  readonly startElementId?: ElementId;
  /** Of several none starts all begin, as in an embedded sub-process; else one of them has to be named. */
  readonly atAllStarts?: true;
  /** Which of several definitions of a multiple start event, from 0. */
  readonly part?: number;
  /** Set when a call activity started this instance. */
  readonly parent?: ParentReference;
}

/** Answers of those who do the work: workers, people, called processes. */
type WorkCommand =
  | { readonly type: 'completeJob'; readonly key: Key; readonly variables: Variables }
  | {
      readonly type: 'failJob';
      readonly key: Key;
      readonly message: string;
      /** 0 makes an incident. Absent: one less than before. */
      readonly retriesLeft?: number;
      /** Not to be tried again before this. */
      readonly retryAt?: Instant;
    }
  /** A business error, modelled: thrown at the activity, caught by a boundary event or uncaught. */
  | {
      readonly type: 'throwError';
      readonly key: Key;
      readonly errorCode: string;
      readonly message?: string;
      readonly variables?: Variables;
    }
  /** The work goes on; somebody outside the activity should know. */
  | { readonly type: 'throwEscalation'; readonly key: Key; readonly escalationCode: string; readonly variables?: Variables }
  | { readonly type: 'assignUserTask'; readonly key: Key; readonly assignee: string | null }
  | { readonly type: 'completeUserTask'; readonly key: Key; readonly variables: Variables }
  /** A child instance has ended; `key` is the call activity that started it. */
  | { readonly type: 'completeChild'; readonly key: Key; readonly variables: Variables }
  | {
      readonly type: 'failChild';
      readonly key: Key;
      /** A modelled error the child did not catch. Absent: the call activity gets an incident. */
      readonly errorCode?: string;
      /** Slug of that incident; default `child-failed`. */
      readonly code?: string;
      readonly message: string;
    }
  /** An escalation the child did not catch. It goes on meanwhile. */
  | { readonly type: 'escalateChild'; readonly key: Key; readonly escalationCode: string; readonly variables: Variables };

/** What was waited for has come. */
type TriggerCommand =
  | { readonly type: 'fireTimer'; readonly timer: Key }
  | {
      readonly type: 'correlateMessage';
      readonly subscription: Key;
      readonly messageId: string;
      readonly variables: Variables;
    }
  | { readonly type: 'receiveSignal'; readonly subscription: Key; readonly variables: Variables }
  /** Goes on after a step that used up its budget. */
  | { readonly type: 'continue' };

/** What operators, and rules in their name, ask for. `reason` goes into history. */
type OperatorCommand = { readonly reason?: string } & (
  | { readonly type: 'setVariables'; readonly scope: Key; readonly variables: Variables }
  | { readonly type: 'resolveIncident'; readonly incident: Key; readonly retries?: number }
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  | { readonly type: 'cancel' }
  /** Start activities of an ad-hoc sub-process. */
  | { readonly type: 'activateAdHoc'; readonly key: Key; readonly elementIds: readonly ElementId[] }
  | { readonly type: 'completeAdHoc'; readonly key: Key }
  | { readonly type: 'rescheduleTimer'; readonly timer: Key; readonly dueAt: Instant }
  | { readonly type: 'modify'; readonly changes: readonly Change[] }
);

/** One thing done to the tokens of an instance by hand. */
export type Change =
  | { readonly type: 'terminate'; readonly key: Key }
  | {
      readonly type: 'activate';
      readonly elementId: ElementId;
      /** Where; absent: the only open scope of the element's level. */
      readonly scope?: Key;
      readonly variables?: Variables;
    }
  | { readonly type: 'move'; readonly key: Key; readonly elementId: ElementId };

/** The call activity that waits for this instance. */
export interface ParentReference {
  readonly instanceId: string;
  readonly key: Key;
}
