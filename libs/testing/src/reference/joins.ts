import type { Draft } from './draft.js';
import { pass } from './leave.js';
import type { Held, Move } from './marking.js';
import { type Net } from './net.js';

/** A token waits on its flow. */
export function hold(draft: Draft, { scope, element, via }: Move): void {
  if (via !== undefined) draft.held = [...draft.held, { scope, element, flow: via }];
}

/**
 * Parallel: one token on every incoming flow, one of each is taken; more of them stay for the next round.
 *
 * Source: BPMN 2.0.2, 13.4.1.
 */
export function fireParallelJoin(draft: Draft, { scope, element }: Move): void {
  if (draft.net.incoming(element).every(({ id }) => oldest(draft, scope, element, id) !== undefined)) fire(draft, scope, element);
}

/**
 * Let the first inclusive join that may go on do so: in document order, per scope the oldest first.
 *
 * @returns false if none may
 */
export function fireInclusiveJoin(draft: Draft): boolean {
  for (const { id, kind } of draft.net.model.elements) {
    if (kind !== 'inclusiveGateway') continue;
    const scope = draft.scopes.find((each) => isEnabled(draft, each.id, id));
    if (scope === undefined) continue;
    fire(draft, scope.id, id);
    return true;
  }
  return false;
}

/**
 * A token elsewhere is worth waiting for if it can still come to an empty incoming flow, unless it can as well come
 * to one that has a token already. Ways through the join itself do not count, and for the second ways over an
 * activity's border do not either: there a token may come besides the one that goes on.
 *
 * Source: BPMN 2.0.2, 13.4.3 (both clauses).
 */
function isEnabled(draft: Draft, scope: number, join: string): boolean {
  const { net } = draft;
  const has = (flow: string) => oldest(draft, scope, join, flow) !== undefined;
  const full = net.incoming(join).filter(({ id }) => has(id));
  const empty = net.incoming(join).filter(({ id }) => !has(id));
  if (full.length === 0) return false;
  const inScope = (token: { readonly scope: number; readonly element: string }) => token.scope === scope && token.element !== join;
  return [...draft.held, ...draft.visits].filter(inScope).every(({ element }) => {
    const perhaps = reachable(net, element, join);
    const byFlows = reachable(net, element, join, false);
    return !empty.some(({ source }) => perhaps.has(source)) || full.some(({ source }) => byFlows.has(source));
  });
}

/** Elements a token at `from` can come to without visiting `join`, itself included; without `overBorders` by flows and links alone. */
export function reachable(net: Net, from: string, join: string, overBorders = true): ReadonlySet<string> {
  const reached = new Set<string>();
  const todo = [from];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    if (at === join || reached.has(at)) continue;
    reached.add(at);
    todo.push(...successors(net, at, overBorders));
  }
  return reached;
}

/** By a flow, by an event on the border, by a link. */
export function successors(net: Net, id: string, overBorders: boolean): readonly string[] {
  const element = net.element(id);
  const next = net.outgoing(id).map(({ target }) => target);
  const borders = net
    .boundaries(id)
    .filter(({ event }) => overBorders && event.type !== 'compensation')
    .map((boundary) => boundary.id);
  if (element.kind !== 'intermediateThrowEvent' || element.event.type !== 'link') return [...next, ...borders];
  const target = linkTarget(net, element.parent, element.event.name);
  return target === undefined ? next : [...next, target];
}

/** The catch event of a link's name in the same scope. */
export function linkTarget(net: Net, parent: string | undefined, name: string): string | undefined {
  return net
    .inside(parent)
    .find((element) => element.kind === 'intermediateCatchEvent' && element.event.type === 'link' && element.event.name === name)?.id;
}

/** Take one token from each flow that has one, and go on. */
function fire(draft: Draft, scope: number, element: string): void {
  const taken = draft.net.incoming(element).map(({ id }) => oldest(draft, scope, element, id));
  draft.held = draft.held.filter((token) => !taken.includes(token));
  pass(draft, { scope, element });
}

function oldest(draft: Draft, scope: number, element: string, flow: string): Held | undefined {
  return draft.held.find((token) => token.scope === scope && token.element === element && token.flow === flow);
}
