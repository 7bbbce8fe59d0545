import type { CompensationEvent } from '@baton/engine';
import { leaveByBoundary } from './catching.js';
import type { Draft } from './draft.js';
import { complete } from './leave.js';
import type { Done, Move, Scope, Undoing, Visit } from './marking.js';
import { close, disarm, terminateInside } from './scope.js';

/** A throw or end event asks that something be undone. It waits until all of it is, unless it says otherwise. */
export function throwCompensation(draft: Draft, move: Move, event: CompensationEvent): void {
  const visit = draft.visit(move, 'undoing');
  draft.note(move.element, 'thrown');
  const isMeant = ({ element }: Done) => event.activityRefs === undefined || event.activityRefs.includes(element);
  const scope = compensated(draft, draft.scope(move.scope), isMeant);
  const todo = scope.done.filter(isMeant);
  draft.change(scope.id, { done: scope.done.filter((record) => !todo.includes(record)) });
  const waits = event.waitForCompletion ?? true;
  // What the thrower waits for ends with it; what it does not wait for has nothing to do with where it was thrown.
  if (todo.length > 0) add(draft, waits ? { scope: move.scope, todo, thrower: visit.id } : { scope: scope.id, todo });
  if (todo.length === 0 || !waits) complete(draft, visit);
}

/** Inside an event sub-process that has nothing of its own to undo, what the scope around it has done is meant. */
function compensated(draft: Draft, scope: Scope, isMeant: (record: Done) => boolean): Scope {
  const { element, parent } = scope;
  if (element === undefined || parent === undefined || scope.done.some(isMeant)) return scope;
  const model = draft.net.element(element);
  const isEventSubProcess = model.kind === 'subProcess' && model.triggeredByEvent === true;
  return isEventSubProcess ? compensated(draft, draft.scope(parent), isMeant) : scope;
}

/**
 * A cancel end event: the transaction's tokens end, what was completed is undone, then the transaction is left. The event
 * and what it lies in wait for that; no event sub-process on the way out begins any more.
 */
export function cancelTransaction(draft: Draft, move: Move): void {
  const visit = draft.visit(move, 'undoing');
  const way = wayOut(draft, draft.scope(move.scope));
  const transaction = way.at(-1);
  if (transaction?.owner === undefined) return complete(draft, visit);
  const todo = doneWithin(draft, transaction.id);
  let inside: Visit | undefined = visit;
  for (const scope of way) {
    terminateInside(draft, scope.id, inside);
    disarm(draft, scope.id);
    draft.change(scope.id, { done: [] });
    inside = draft.owner(scope);
  }
  add(draft, { scope: transaction.id, todo, thrower: visit.id, cancels: transaction.owner });
}

/** The scopes around, up to that of the nearest transaction. */
function wayOut(draft: Draft, scope: Scope): readonly Scope[] {
  if (isTransaction(draft, scope)) return [scope];
  return scope.parent === undefined ? [] : [scope, ...wayOut(draft, draft.scope(scope.parent))];
}

/**
 * What was completed in a scope, and what was in anything there that is still under way: the latter counts as the
 * newest. As a whole that was not done, so whatever would undo it as a whole does not.
 */
function doneWithin(draft: Draft, scope: number): readonly Done[] {
  const unfinished = draft.visits.filter((visit) => visit.scope === scope);
  const inside = unfinished.flatMap((visit) => {
    const owned = draft.owned(visit);
    const done = owned.flatMap((each) => doneWithin(draft, each.id));
    return done.length === 0
      ? []
      : [{ element: visit.element, variables: Object.assign({}, ...owned.map((each) => each.variables)), done }];
  });
  return [...draft.scope(scope).done, ...inside];
}

function isTransaction({ net }: Draft, { element }: Scope): boolean {
  const model = element === undefined ? undefined : net.element(element);
  return model?.kind === 'subProcess' && model.transaction === true;
}

/**
 * Begin to undo the next thing that can be undone now, or finish an undoing that has nothing left.
 *
 * @returns false if there is none
 */
export function undoNext(draft: Draft): boolean {
  const undoing = draft.undoings.find((each) => isIdle(draft, each));
  if (undoing === undefined) return false;
  const record = undoing.todo.at(-1);
  if (record === undefined) finish(draft, undoing);
  else {
    draft.undoings = draft.undoings.map((each) => (each === undoing ? { ...each, todo: each.todo.slice(0, -1) } : each));
    undo(draft, undoing, record);
  }
  return true;
}

function isIdle(draft: Draft, { id, restored }: Undoing): boolean {
  const busy = [...draft.moving, ...draft.visits].some((token) => token.undoing === id || token.scope === restored);
  return !busy && !draft.undoings.some((other) => other.within === id || (other.id !== id && other.scope === restored));
}

/** Handlers see the variables as they were when the activity completed. */
function undo(draft: Draft, { id, scope }: Undoing, { element, handler, variables, done }: Done): void {
  const isEventSubProcess = handler !== undefined && draft.net.element(handler).parent === element;
  if (handler !== undefined && !isEventSubProcess) return draft.moveFirst({ scope, element: handler, undoing: id, locals: variables });
  const restored = draft.open({
    parent: scope,
    kind: 'restored',
    element,
    variables,
    disarmed: true,
    done: isEventSubProcess ? done : [],
  }).id;
  const inner = add(draft, { scope: restored, todo: isEventSubProcess ? [] : done, within: id, restored });
  if (isEventSubProcess) draft.moveFirst({ scope: restored, element: handler, undoing: inner });
}

function finish(draft: Draft, { id, restored, thrower, cancels }: Undoing): void {
  draft.undoings = draft.undoings.filter((undoing) => undoing.id !== id);
  if (restored !== undefined) close(draft, restored);
  const waiting = draft.visits.find((visit) => visit.id === thrower);
  if (waiting !== undefined) complete(draft, waiting);
  const transaction = draft.visits.find((visit) => visit.id === cancels);
  if (transaction !== undefined) leaveTransaction(draft, transaction);
}

/** By its cancel boundary event; without one as if it had completed. */
function leaveTransaction(draft: Draft, transaction: Visit): void {
  const host = transaction.counter === undefined ? transaction : draft.owner(draft.scope(transaction.scope));
  const boundary = draft.net.boundaries(transaction.element).find(({ event }) => event.type === 'cancel');
  if (boundary !== undefined && host !== undefined) return leaveByBoundary(draft, boundary, host);
  for (const { id } of draft.owned(transaction)) terminateInside(draft, id);
  complete(draft, transaction);
}

function add(draft: Draft, undoing: Omit<Undoing, 'id'>): number {
  const id = draft.number();
  draft.undoings = [...draft.undoings, { ...undoing, id }];
  return id;
}
