import type { Variables } from './json.js';
import type { ElementId, Instant } from './model.js';
import type { Key } from './instance.js';

/**
 * What may be asked of an instance. Imperative; the answer is a list of events, or a `Refusal`.
 *
 * `at` is the command's time and the only time the engine knows. It is never before the instance's last.
 * `by` names the person or client that asked, for history; the engine decides nothing by it.
 */
export type Command = { readonly at: Instant; readonly by?: string } & (
  | {
      readonly type: 'start';
      readonly variables: Variables;
      readonly businessKey?: string;
      /** Absent: the only none start. A message or timer start names its element. */
      readonly startElementId?: ElementId;
      /** Set when a call activity started this instance. */
      readonly parent?: ParentReference;
    }
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
  | { readonly type: 'assignUserTask'; readonly key: Key; readonly assignee: string | null }
  | { readonly type: 'completeUserTask'; readonly key: Key; readonly variables: Variables }
  | { readonly type: 'fireTimer'; readonly timer: Key }
  | {
      readonly type: 'correlateMessage';
      readonly subscription: Key;
      readonly messageId: string;
      readonly variables: Variables;
    }
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
  | { readonly type: 'setVariables'; readonly scope: Key; readonly variables: Variables; readonly reason?: string }
  | { readonly type: 'resolveIncident'; readonly incident: Key; readonly retries?: number }
  | { readonly type: 'cancel'; readonly reason?: string }
  /** Goes on after a step that used up its budget. */
  | { readonly type: 'continue' }
);

/** The call activity that waits for this instance. */
export interface ParentReference {
  readonly instanceId: string;
  readonly key: Key;
}
