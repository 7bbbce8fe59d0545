import type { Draft } from './draft.js';
import type { Done, Move, Scope, Visit } from './marking.js';
import { flowsTaken } from './routing.js';

/** A token that only passes an element: it comes, is done, and goes on. */
export function pass(draft: Draft, move: Move): Visit {
  const visit = draft.visit(move, 'event');
  complete(draft, visit);
  return visit;
}

/** The element is done: the token goes on by the flows it chooses. Without a way out it stays, with an incident. */
export function complete(draft: Draft, visit: Visit): void {
  try {
    const flows = goesOn(draft, visit) ? flowsTaken(draft, visit.element, draft.view(visit)) : [];
    end(draft, visit);
    for (const { id, target } of flows) draft.move({ scope: visit.scope, element: target, via: id });
  } catch (why) {
    draft.stuck(visit, why);
  }
}

/** Inner instances of a loop, compensation handlers and event sub-processes are not on the normal way. */
function goesOn({ net }: Draft, { element, counter, undoing }: Visit): boolean {
  const model = net.element(element);
  return counter === undefined && undoing === undefined && !(model.kind === 'subProcess' && model.triggeredByEvent);
}

/** The visit is over, and remembered if it can be undone. */
export function end(draft: Draft, visit: Visit): void {
  const inside = draft.owned(visit);
  if (visit.undoing === undefined) remember(draft, visit, inside);
  draft.visits = draft.visits.filter(({ id }) => id !== visit.id);
  draft.scopes = draft.scopes.filter(({ owner }) => owner !== visit.id);
  draft.subscriptions = draft.subscriptions.filter(
    (subscription) => subscription.visit !== visit.id && !inside.some(({ id }) => id === subscription.scope),
  );
  draft.note(visit.element, 'completed');
  if (draft.net.element(visit.element).kind === 'endEvent') draft.ended.push({ scope: visit.scope, elementId: visit.element });
  if (visit.counter !== undefined) draft.advanced.push(visit.scope);
}

/**
 * What undoes a completed activity: the handler of its compensation boundary event, its compensation event
 * sub-process, or whatever was done inside that can be undone. Each inner instance of a loop is undone for itself.
 *
 * Source: BPMN 2.0.2, 10.7 and 13.5.5 (a snapshot of the data is taken with it).
 */
function remember(draft: Draft, { element, scope }: Visit, inside: readonly Scope[]): void {
  const done = inside.flatMap((each) => each.done);
  const isBody = inside.some(({ kind }) => kind === 'loop');
  const handler = isBody ? undefined : (boundaryHandler(draft, element) ?? undoingEventSubProcess(draft, element, inside));
  if (handler === undefined && done.length === 0) return;
  const variables = Object.assign({}, ...inside.map((each) => each.variables)) as Done['variables'];
  const record: Done = { element, variables, done, ...(handler === undefined ? {} : { handler }) };
  draft.change(scope, { done: [...draft.scope(scope).done, record] });
}

function boundaryHandler({ net }: Draft, element: string): string | undefined {
  const events = net.boundaries(element).map(({ event }) => event);
  return events.find((event) => event.type === 'compensation')?.handler;
}

function undoingEventSubProcess({ net }: Draft, element: string, inside: readonly Scope[]): string | undefined {
  if (!inside.some(({ kind }) => kind === 'subProcess')) return undefined;
  return net.eventSubProcesses(element).find(({ start }) => start.event.type === 'compensation')?.element.id;
}
