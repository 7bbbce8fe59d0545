import type { BoundaryEventModel } from '@baton/engine';
import type { Draft } from './draft.js';
import type { Scope, Visit } from './marking.js';
import type { EventSubProcess } from './net.js';
import { pass } from './leave.js';
import { disarm, openInside, terminate, terminateInside } from './scope.js';

/** An error or an escalation on its way out. */
export interface Thrown {
  readonly type: 'error' | 'escalation';
  readonly code: string | undefined;
}

type Catcher =
  | { readonly kind: 'eventSubProcess'; readonly scope: number; readonly found: EventSubProcess }
  | { readonly kind: 'boundary'; readonly host: Visit; readonly found: BoundaryEventModel };

/**
 * Whoever catches what was thrown: event sub-processes of the scope, then the boundary events of the activity around
 * it, then the same one scope further out. Within one place the code's own catcher comes before the catcher of all.
 *
 * Source: BPMN 2.0.2, 10.5.1 and 13.5.4 (an event sub-process may throw again what it caught).
 *
 * @param activity  the activity that throws, if it is one; its own boundary events come first
 */
export function findCatcher(draft: Draft, from: number, activity: Visit | undefined, thrown: Thrown): Catcher | undefined {
  if (activity !== undefined) {
    const atActivity = onBoundary(draft, activity, thrown);
    if (atActivity !== undefined) return atActivity;
  }
  const scope = draft.scope(from);
  const inScope = inEventSubProcess(draft, scope, thrown, activity?.element);
  if (inScope !== undefined) return inScope;
  const owner = draft.owner(scope);
  if (owner !== undefined) return findCatcher(draft, owner.scope, owner, thrown);
  return scope.parent === undefined ? undefined : findCatcher(draft, scope.parent, undefined, thrown);
}

/** Inner instances of a loop have no boundary events: those are the body's. */
function onBoundary(draft: Draft, host: Visit, thrown: Thrown): Catcher | undefined {
  if (host.counter !== undefined) return undefined;
  const found = best(draft.net.boundaries(host.element), ({ event }) => matches(event, thrown));
  return found && { kind: 'boundary', host, found };
}

/** An event sub-process does not catch what is thrown inside it: thrown again, it goes on outside. */
function inEventSubProcess(draft: Draft, scope: Scope, thrown: Thrown, from: string | undefined): Catcher | undefined {
  if (scope.disarmed || scope.kind === 'loop' || scope.kind === 'locals') return undefined;
  const others = draft.net.eventSubProcesses(scope.element).filter(({ element }) => element.id !== from);
  const found = best(others, ({ start }) => matches(start.event, thrown));
  return found && { kind: 'eventSubProcess', scope: scope.id, found };
}

type Match = 'named' | 'all' | undefined;

function matches(event: { readonly type: string; readonly errorCode?: string; readonly escalationCode?: string }, thrown: Thrown): Match {
  if (event.type !== thrown.type) return undefined;
  const code = thrown.type === 'error' ? event.errorCode : event.escalationCode;
  if (code === undefined) return 'all';
  return code === thrown.code ? 'named' : undefined;
}

function best<T>(candidates: readonly T[], match: (candidate: T) => Match): T | undefined {
  return candidates.find((each) => match(each) === 'named') ?? candidates.find((each) => match(each) === 'all');
}

/** Let the catcher have it: it happens at once, and what follows from it when its turn comes. */
export function deliver(draft: Draft, catcher: Catcher): void {
  if (catcher.kind === 'boundary') leaveByBoundary(draft, catcher.found, catcher.host);
  else startEventSubProcess(draft, catcher.found, catcher.scope);
}

/** A boundary event has happened: if it interrupts, the activity ends; a token leaves from the border. */
export function leaveByBoundary(draft: Draft, boundary: BoundaryEventModel, host: Visit): void {
  draft.note(boundary.id, 'caught');
  if (boundary.interrupting || boundary.event.type === 'error' || boundary.event.type === 'cancel') terminate(draft, host);
  pass(draft, { scope: host.scope, element: boundary.id });
}

/** The start event of an event sub-process has happened: if it interrupts, all else in the scope ends, for good. */
export function startEventSubProcess(draft: Draft, { element, start, interrupting }: EventSubProcess, scope: number): void {
  draft.note(start.id, 'caught');
  if (interrupting || start.event.type === 'error') {
    terminateInside(draft, scope);
    disarm(draft, scope);
  }
  openInside(draft, draft.visit({ scope, element: element.id }, 'scope'));
}
