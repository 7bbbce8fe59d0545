import type { Expression, Mapping } from './expression.js';

/** Which version of a called process or decision is meant. */
export type Binding =
  | { readonly type: 'latest' }
  | { readonly type: 'deployment' }
  | { readonly type: 'version'; readonly version: number }
  | { readonly type: 'versionTag'; readonly versionTag: string };

/** How an automatic activity gets done. */
export type Work = JobWork | ExpressionWork | DecisionWork | MessageWork;

/** A worker outside the engine does it: built in (`noop`, `log`) or external. */
export interface JobWork {
  readonly kind: 'job';
  readonly jobType: Expression;
  /** Attempts in all, as text of a whole number; default 3. */
  readonly retries?: Expression;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the whole result goes; without it, each result variable is written by its name. */
  readonly resultVariable?: string;
}

/** Evaluated inside the step. Without `resultVariable`, the entries of a context result become variables. */
export interface ExpressionWork {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly resultVariable?: string;
}

/** A decision evaluated inside the step. */
export interface DecisionWork {
  readonly kind: 'decision';
  readonly decisionId: Expression;
  readonly binding: Binding;
  readonly resultVariable?: string;
  /** `value` is the DMN value; the others are Camunda 7's views of the matched rows. */
  readonly mapResult: 'value' | 'singleEntry' | 'singleResult' | 'collectEntries' | 'resultList';
}

/** Sends a message by name; the activity completes at once. */
export interface MessageWork {
  readonly kind: 'message';
  readonly message: MessageReference;
  /** The payload; absent: nothing. */
  readonly variables?: readonly Mapping[];
}

export interface MessageReference {
  readonly name: Expression;
  /** Evaluated where the message is awaited or sent; absent: matched by name alone, or by the conversation. */
  readonly correlationKey?: Expression;
  /** BPMN's correlation by a shared key: the first message sets its value, later ones must carry the same. */
  readonly conversation?: Conversation;
}

/** A correlation key of a collaboration. Source: BPMN 2.0.2, 8.4.2 (key-based correlation). */
export interface Conversation {
  /** Of the correlation key; its value belongs to the whole instance. */
  readonly name: string;
  /** One per property of the key, read from a message's payload. */
  readonly properties: readonly Expression[];
}
