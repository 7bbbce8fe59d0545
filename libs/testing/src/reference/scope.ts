import { beginnings } from './net.js';
import type { Draft } from './draft.js';
import { pass } from './leave.js';
import type { Scope, Visit } from './marking.js';
import { armEventSubProcesses } from './subscription.js';

/** Open a sub-process and put a token at its start. */
export function openInside(draft: Draft, visit: Visit): void {
  const locals = draft.owned(visit).find(({ kind }) => kind === 'locals');
  draft.scopes = draft.scopes.filter((scope) => scope !== locals);
  const { element } = visit;
  const scope = draft.open({ parent: visit.scope, owner: visit.id, kind: 'subProcess', element, variables: locals?.variables ?? {} });
  begin(draft, scope);
}

/** Arm a scope's event sub-processes and put tokens where it begins. The start of an event sub-process has happened. */
export function begin(draft: Draft, scope: Scope): void {
  const { element: parent } = scope;
  const self = parent === undefined ? undefined : draft.net.element(parent);
  armEventSubProcesses(draft, scope);
  if (self?.kind === 'subProcess' && self.triggeredByEvent) {
    const start = draft.net.inside(parent).find(({ kind }) => kind === 'startEvent');
    if (start !== undefined) pass(draft, { scope: scope.id, element: start.id });
    return;
  }
  for (const element of beginnings(draft.net, parent)) draft.move({ scope: scope.id, element });
}

/** Does anything still go on in it? */
export function isEmpty(draft: Draft, { id }: Scope): boolean {
  return ![draft.moving, draft.visits, draft.held, draft.undoings].some((tokens) => tokens.some(({ scope }) => scope === id));
}

/** End a visit and all that goes on inside it. */
export function terminate(draft: Draft, visit: Visit): void {
  for (const scope of draft.owned(visit)) {
    terminateInside(draft, scope.id);
    close(draft, scope.id);
  }
  draft.visits = draft.visits.filter(({ id }) => id !== visit.id);
  draft.subscriptions = draft.subscriptions.filter((subscription) => subscription.visit !== visit.id);
  draft.note(visit.element, 'terminated');
}

/** End every token of a scope but one; the scope itself stays, and with it what has been done there. */
export function terminateInside(draft: Draft, scope: number, but?: Visit): void {
  draft.moving = draft.moving.filter((move) => move.scope !== scope);
  draft.held = draft.held.filter((token) => token.scope !== scope);
  draft.undoings = draft.undoings.filter((undoing) => undoing.scope !== scope);
  for (const visit of draft.visits.filter((each) => each.scope === scope && each.id !== but?.id)) terminate(draft, visit);
  for (const restored of draft.scopes.filter(({ kind, parent }) => kind === 'restored' && parent === scope)) {
    terminateInside(draft, restored.id);
    close(draft, restored.id);
  }
}

/** Forget an empty scope. */
export function close(draft: Draft, id: number): void {
  draft.scopes = draft.scopes.filter((scope) => scope.id !== id);
  draft.subscriptions = draft.subscriptions.filter((subscription) => subscription.scope !== id);
}

/** No event sub-process of this scope starts any more. */
export function disarm(draft: Draft, id: number): void {
  draft.change(id, { disarmed: true });
  draft.subscriptions = draft.subscriptions.filter((subscription) => subscription.scope !== id);
}
