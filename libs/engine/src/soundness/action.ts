import type { ElementId } from '../model.js';

/**
 * What somebody or something outside does to an instance, in words of the model: part of a counterexample.
 *
 * `nth` counts equals at one element, the oldest first, from 0. `choices` are the answers that the conditions
 * met on the way gave, in their order.
 */
export type Action = Deed & { readonly choices: readonly Choice[] };

/** One condition and what it gave. `question` is `flow:ID`, `loop:ID`, `completion:ID` and so on. */
export interface Choice {
  readonly question: string;
  readonly value: boolean;
}

export type Deed =
  /** Without an element: the plain start. `part` names one of several definitions of a multiple start event. */
  | { readonly type: 'start'; readonly elementId?: ElementId; readonly part?: number }
  | { readonly type: 'complete'; readonly elementId: ElementId; readonly nth: number }
  | { readonly type: 'throwError'; readonly elementId: ElementId; readonly nth: number; readonly errorCode: string }
  | { readonly type: 'throwEscalation'; readonly elementId: ElementId; readonly nth: number; readonly escalationCode: string }
  /** A timer is due, or a condition has become true. The element is the event. */
  | { readonly type: 'fire'; readonly elementId: ElementId; readonly nth: number }
  | { readonly type: 'receive'; readonly elementId: ElementId; readonly nth: number }
  /** Everybody who waits for it hears it. */
  | { readonly type: 'signal'; readonly name: string }
  /** Somebody starts an activity of an ad-hoc sub-process … */
  | { readonly type: 'activate'; readonly elementId: ElementId; readonly nth: number; readonly activityId: ElementId }
  /** … or says that it is over. */
  | { readonly type: 'finish'; readonly elementId: ElementId; readonly nth: number };
