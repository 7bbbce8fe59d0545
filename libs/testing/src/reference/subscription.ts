import type { EventDefinition, MessageReference } from '@baton/engine';
import type { Draft } from './draft.js';
import type { Scope, Subscription, Visit } from './marking.js';

type Host = { readonly visit: number } | { readonly scope: number };

/** Wait for an event. Errors, escalations, compensation and cancels are looked for when they are thrown, not before. */
export function subscribe(draft: Draft, element: string, event: EventDefinition, host: Host, repeats: boolean): void {
  if (event.type === 'message' && 'message' in event) add(draft, { element, ...host, kind: 'message', ...named(event.message, repeats) });
  if (event.type === 'signal') add(draft, { element, ...host, kind: 'signal', name: event.name.text, left: repeats ? -1 : 1 });
  if (event.type !== 'timer') return;
  const { kind, expression } = event.timer;
  const left = repeats && kind === 'cycle' ? repetitions(expression.text) : 1;
  add(draft, { element, ...host, kind: 'timer', name: expression.text, left });
}

/** Wait for a message. */
export function awaitMessage(draft: Draft, visit: Visit, element: string, message: MessageReference): void {
  add(draft, { element, visit: visit.id, kind: 'message', ...named(message, false) });
}

/** Arm the boundary events of an activity. Those of a loop belong to its body, not to the inner instances. */
export function armBoundaries(draft: Draft, visit: Visit): void {
  if (visit.counter !== undefined) return;
  for (const { id, event, interrupting } of draft.net.boundaries(visit.element)) {
    subscribe(draft, id, event, { visit: visit.id }, !interrupting);
  }
}

/** Arm the event sub-processes of a scope that has just begun. */
export function armEventSubProcesses(draft: Draft, scope: Scope): void {
  for (const { start, interrupting } of draft.net.eventSubProcesses(scope.element)) {
    subscribe(draft, start.id, start.event, { scope: scope.id }, !interrupting);
  }
}

/**
 * It has happened: once less to come. What can happen again is armed anew, behind all others; only who listens to a
 * signal and is not interrupted by it just goes on listening.
 */
export function useUp(draft: Draft, used: Subscription): void {
  if (used.kind === 'signal' && used.left === -1 && draft.oracle === undefined) return;
  const others = draft.subscriptions.filter(({ id }) => id !== used.id);
  const isLast = draft.oracle !== undefined || used.left === 1;
  draft.subscriptions = isLast ? others : [...others, { ...used, left: used.left === -1 ? -1 : used.left - 1 }];
}

function add(draft: Draft, subscription: Omit<Subscription, 'id'>): void {
  draft.subscriptions = [...draft.subscriptions, { id: draft.number(), ...subscription }];
}

function named({ name }: MessageReference, repeats: boolean): Pick<Subscription, 'name' | 'left'> {
  return { name: name.text, left: repeats ? -1 : 1 };
}

/** `R3/PT10M` happens three times, `R/PT10M` without end. */
function repetitions(cycle: string): number {
  const count = /^R(\d*)\//.exec(cycle)?.[1] ?? '';
  return count === '' ? -1 : Number(count);
}
