import type { Marking, Subscription, Values, Visit } from './marking.js';
import type { Net } from './net.js';

/**
 * What the outside can answer. Tokens are named by their element and their age among their equals, from 0,
 * so that the same choice can be put to the engine.
 */
export type Choice =
  | { readonly type: 'complete'; readonly elementId: string; readonly nth: number; readonly variables?: Values }
  | { readonly type: 'throwError'; readonly elementId: string; readonly nth: number; readonly code: string }
  | { readonly type: 'fireTimer' | 'message'; readonly elementId: string; readonly nth: number; readonly name: string }
  | { readonly type: 'signal'; readonly name: string };

/** Everything the outside can answer now. */
export function choices(net: Net, marking: Marking): readonly Choice[] {
  if (marking.status !== 'active' || marking.overrun) return [];
  const working = workers(marking);
  const codes = errorCodes(net);
  return [
    ...working.map(({ element }, index) => ({ type: 'complete' as const, elementId: element, nth: nth(working, index) })),
    ...working.flatMap(({ element }, index) =>
      codes.map((code) => ({ type: 'throwError' as const, elementId: element, nth: nth(working, index), code })),
    ),
    ...marking.subscriptions.flatMap(({ element, kind, name }, index) => {
      if (kind === 'signal') return [];
      return [{ type: kind === 'timer' ? ('fireTimer' as const) : kind, elementId: element, nth: nth(marking.subscriptions, index), name }];
    }),
    ...signals(marking).map((name) => ({ type: 'signal' as const, name })),
  ];
}

/** Activities whose work is done outside, the oldest first. */
export function workers({ visits }: Marking): readonly Visit[] {
  return visits.filter(({ waiting }) => waiting === 'work');
}

export function nthWorker(marking: Marking, elementId: string, at: number): Visit | undefined {
  return workers(marking).filter(({ element }) => element === elementId)[at];
}

export function nthSubscription({ subscriptions }: Marking, elementId: string, at: number): Subscription | undefined {
  return subscriptions.filter(({ element }) => element === elementId)[at];
}

function nth(all: readonly { readonly element: string }[], index: number): number {
  return all.slice(0, index).filter(({ element }) => element === all[index]?.element).length;
}

function signals({ subscriptions }: Marking): readonly string[] {
  return [...new Set(subscriptions.filter(({ kind }) => kind === 'signal').map(({ name }) => name))];
}

/** Every error code the process knows. */
function errorCodes({ model }: Net): readonly string[] {
  const codes = model.elements.flatMap((element) =>
    'event' in element && element.event.type === 'error' ? [element.event.errorCode] : [],
  );
  return [...new Set(codes.map((code) => code ?? 'any-error'))];
}
