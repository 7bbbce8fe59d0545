import type { Draft } from './draft.js';
import type { Exploration, Explored } from './explore.js';
import { successors } from './joins.js';
import type { Marking } from './marking.js';
import type { Net } from './net.js';

/**
 * Labels for whoever judges soundness. The engine's own check uses the same definitions under the same names, with two
 * differences: it takes `endReachedAgain` for a lack of synchronization, and only notes `besideMainCourse`.
 */
export type Finding =
  /** Tokens wait for others that will never come. */
  | 'deadlock'
  /** The same, after an end event was reached. */
  | 'tokensLeft'
  /** It can go on for ever and do nothing else. */
  | 'livelock'
  /** Two tokens in one place at a time. */
  | 'lackOfSynchronization'
  /** Two tokens at the same end event, one after the other. By itself that is no mistake: an end takes every token. */
  | 'endReachedAgain'
  /** The same as these two, but only where a token comes after an event on a border that did not interrupt. */
  | 'besideMainCourse'
  | 'deadElements'
  /** However it goes, it never completes. */
  | 'unreachableEnd'
  /** Too many markings to tell. */
  | 'undecided';

export interface Findings {
  readonly found: readonly Finding[];
  /** The first bad marking, if one can be pointed at. */
  readonly at?: number;
}

/** What is wrong with a process all of whose markings are known. */
export function findings(net: Net, { explored, visited, isComplete }: Exploration): Findings {
  const stuck = indexes(
    explored,
    ({ marking, next }) => next.length === 0 && !isOver(marking) && !isOverflowing(marking) && isAtRest(marking),
  );
  const isLeft = (at: number) => (explored[at]?.ends.length ?? 0) > 0;
  const aside = asideIn(net);
  const isMain = (id: string) => !aside.has(id);
  const unsafe = explored.map(({ marking }) => crowdedElements(net, marking));
  const again = explored.map(({ ends }) => ends.flatMap((end) => (end.endsWith(':again') ? (end.split(':')[1] ?? []) : [])));
  const crowded = indexes(explored, (_, at) => isOne(unsafe[at]) || isOne(again[at]));
  const over = indexes(explored, ({ marking }) => isOver(marking));
  const leads = reaching(explored, [...over, ...stuck, ...crowded]);
  const endless = isComplete ? indexes(explored, (_, at) => !leads.has(at)) : [];
  const bad: readonly (readonly [Finding, readonly number[]])[] = [
    ['deadlock', stuck.filter((at) => !isLeft(at))],
    ['tokensLeft', stuck.filter(isLeft)],
    ['lackOfSynchronization', indexes(explored, (_, at) => isOne(unsafe[at], isMain))],
    ['endReachedAgain', indexes(explored, (_, at) => isOne(again[at], isMain))],
    ['besideMainCourse', crowded.filter((at) => !isOne(unsafe[at], isMain) && !isOne(again[at], isMain))],
    ['livelock', endless],
    ['unreachableEnd', isComplete && crowded.length === 0 && over.length === 0 ? [0] : []],
  ];
  const dead = isComplete && crowded.length === 0 && mustBeReached(net).some((id) => !visited.has(id));
  const found = bad.filter(([, at]) => at.length > 0).map(([finding]) => finding);
  const first = bad.flatMap(([, at]) => at.slice(0, 1))[0];
  return {
    found: [...found, ...(dead ? ['deadElements' as const] : []), ...(isComplete ? [] : ['undecided' as const])],
    ...(first === undefined ? {} : { at: first }),
  };
}

/** Completed, or failed with an error nobody catches: both are ways to end. */
function isOver({ status, visits }: Marking): boolean {
  return status === 'completed' || visits.some(({ waiting }) => waiting === 'incident');
}

function isAtRest({ moving, heard }: Marking): boolean {
  return moving.length + heard.length === 0;
}

function isOne(ids: readonly string[] = [], among: (id: string) => boolean = () => true): boolean {
  return ids.some(among);
}

/** So many tokens in one place show nothing new: what follows is not looked at. */
export function isOverflowing({ visits, held }: Marking): boolean {
  const places = [...visits.map(({ scope, element }) => `${scope} ${element}`), ...held.map(({ scope, flow }) => `${scope} ${flow}`)];
  return [...Map.groupBy(places, (place) => place).values()].some((tokens) => tokens.length > 3);
}

/** Elements with two tokens, or two on one flow to them. Loops, handlers and event sub-processes may be there several times. */
function crowdedElements(net: Net, { visits, held, scopes }: Marking): readonly string[] {
  const loops = new Set(scopes.filter(({ kind }) => kind === 'loop').map(({ id }) => id));
  const single = visits.filter(({ scope, element, undoing }) => {
    const model = net.element(element);
    return !loops.has(scope) && undoing === undefined && !(model.kind === 'subProcess' && model.triggeredByEvent === true);
  });
  const places = [...single.map((visit) => ({ ...visit, flow: '' })), ...held];
  const together = Map.groupBy(places, ({ scope, element, flow }) => `${scope} ${element} ${flow}`);
  return [...together.values()].flatMap(([first, ...others]) => (first !== undefined && others.length > 0 ? [first.element] : []));
}

/** Elements a token comes to only after an event on a border that did not interrupt. */
function asideIn(net: Net): ReadonlySet<string> {
  const { elements } = net.model;
  const isAside = (id: string): boolean => {
    const element = net.element(id);
    return element.kind === 'boundaryEvent' && !element.interrupting;
  };
  const main = new Set(elements.map(({ id }) => id).filter((id) => net.incoming(id).length === 0 && !isAside(id)));
  for (const id of main) for (const next of successors(net, id, true)) if (!isAside(next)) main.add(next);
  return new Set(elements.map(({ id }) => id).filter((id) => !main.has(id)));
}

/** Everything but what only compensation brings to life. */
function mustBeReached({ model, element: find }: Net): readonly string[] {
  const undoes = new Set(
    model.elements.flatMap((element) => {
      if (element.kind === 'boundaryEvent' && element.event.type === 'compensation') return [element.id, element.event.handler ?? ''];
      return element.kind === 'startEvent' && element.event.type === 'compensation' ? [element.id, element.parent ?? ''] : [];
    }),
  );
  const isSpared = (id: string | undefined): boolean => id !== undefined && (undoes.has(id) || isSpared(find(id).parent));
  return model.elements.map(({ id }) => id).filter((id) => !isSpared(id));
}

/** End events reached on the way to a draft, those of `before` included, in scopes that are still there. */
export function countEnds(draft: Draft, before: Explored | undefined): readonly string[] {
  const ends = new Set(before?.ends);
  for (const { scope, elementId } of draft.ended) {
    const end = `${scope}:${elementId}`;
    ends.add(ends.has(end) ? `${end}:again` : end);
  }
  return [...ends].filter((end) => draft.scopes.some(({ id }) => end.startsWith(`${id}:`))).toSorted();
}

function indexes(explored: readonly Explored[], test: (each: Explored, at: number) => boolean): readonly number[] {
  return explored.flatMap((each, at) => (test(each, at) ? [at] : []));
}

/** All markings from which some of `targets` can be reached. */
function reaching(explored: readonly Explored[], targets: readonly number[]): ReadonlySet<number> {
  const before = new Map<number, number[]>();
  explored.forEach(({ next }, at) => next.forEach((to) => before.set(to, [...(before.get(to) ?? []), at])));
  const reached = new Set(targets);
  for (const at of reached) for (const from of before.get(at) ?? []) reached.add(from);
  return reached;
}
