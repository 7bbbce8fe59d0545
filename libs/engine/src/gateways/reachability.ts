import type { Key } from '../instance.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';

/**
 * For each element of the join's level: which of the join's incoming flows a token there could reach without passing
 * the join. True: by flows and links alone; false: only over an event on some activity's border.
 */
export type Reachability = ReadonlyMap<Element, ReadonlyMap<string, boolean>>;

/**
 * Work out, once per process, what can reach a join. Links and the events behind an event-based gateway are ways like
 * any other, boundary events are ways that may be taken; a token inside a sub-process counts as the sub-process.
 *
 * `level` are all elements of the join's own level.
 */
export function reachabilityOf(join: Element, level: readonly Element[]): Reachability {
  const reached = new Map<Element, Map<string, boolean>>(level.map((element) => [element, new Map()]));
  for (const isByFlows of [true, false]) {
    const before = predecessors(level, !isByFlows);
    for (const flow of join.incoming) {
      const seen = new Set<Element>([join]);
      const open: Element[] = [flow.source];
      for (let element = open.pop(); element !== undefined; element = open.pop()) {
        const found = reached.get(element);
        if (found === undefined || seen.has(element)) continue;
        seen.add(element);
        if (!found.has(flow.id)) found.set(flow.id, isByFlows);
        open.push(...(before.get(element) ?? []));
      }
    }
  }
  return reached;
}

function predecessors(level: readonly Element[], overBoundaries: boolean): ReadonlyMap<Element, readonly Element[]> {
  const before = new Map<Element, Element[]>();
  const add = (to: Element, from: Element) => {
    const list = before.get(to);
    if (list === undefined) before.set(to, [from]);
    else list.push(from);
  };
  for (const element of level) {
    for (const { target } of element.outgoing) add(target, element);
    if (overBoundaries) for (const boundary of element.boundaries) add(boundary, element);
    if (element.linkTarget !== undefined) add(element.linkTarget, element);
  }
  return before;
}

/**
 * May the tokens held at a join go on? Not while some token can reach an incoming flow that has none, and
 * cannot reach one that has. A boundary event may lead to an empty one; but that it also leads to one with a token is
 * no reason to go on: while it does not interrupt, its activity goes its own way, too.
 *
 * `among`: the flows that count; absent, all incoming ones.
 *
 * Source: BPMN 2.0.2, 13.4.3.
 */
export function mayFire(run: Run, join: Element, scope: Key, held: readonly Key[], among?: ReadonlySet<string>): boolean {
  const reachability = run.process.joins.get(join);
  if (reachability === undefined) return true;
  const full = new Set(held.map((key) => run.token(key).via));
  for (const token of run.instance.elements) {
    if (token.scope !== scope || token.elementId === join.id) continue;
    const reachable = reachability.get(run.element(token.elementId));
    if (reachable === undefined) continue;
    let reachesEmpty = false;
    let reachesFull = false;
    for (const [flow, isByFlows] of reachable) {
      if (among !== undefined && !among.has(flow)) continue;
      if (!full.has(flow)) reachesEmpty = true;
      else if (isByFlows) reachesFull = true;
    }
    if (reachesEmpty && !reachesFull) return false;
  }
  return true;
}
