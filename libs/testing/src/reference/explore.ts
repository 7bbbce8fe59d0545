import type { ProcessModel } from '@baton/engine';
import { canonical } from './canonical.js';
import { choices, type Choice } from './choice.js';
import { Draft, type Oracle } from './draft.js';
import { answered, begun, moveOne } from './interpreter.js';
import type { Marking } from './marking.js';
import { netOf, type Net } from './net.js';
import { countEnds, findings, isOverflowing, type Finding } from './verdict.js';

/** One marking on the way, with what matters of its past. */
export interface Explored {
  readonly marking: Marking;
  /** End events reached so far, `scope:element`, and `scope:element:again` if more than once. */
  readonly ends: readonly string[];
  /** How it was reached; -1 for the first. */
  readonly from: number;
  readonly by?: Choice;
  /** Markings that can follow, by their place in the list. */
  readonly next: number[];
}

export interface Exploration {
  readonly explored: readonly Explored[];
  /** Elements some token has come to. */
  readonly visited: ReadonlySet<string>;
  /** False if there were more markings than the limit. */
  readonly isComplete: boolean;
}

export interface Verdict {
  /** Nothing found, and nothing left out. */
  readonly sound: boolean;
  readonly findings: readonly Finding[];
  readonly markings: number;
  /** What to answer, in order, to get to the first bad marking. */
  readonly witness: readonly Choice[];
}

/** Is a process sound, whatever its conditions may be and however long its tasks may take? */
export function judge(model: ProcessModel, markingsMax = 4_000): Verdict {
  const net = netOf(model);
  const exploration = explore(net, markingsMax);
  const { found, at } = findings(net, exploration);
  return {
    sound: found.length === 0,
    findings: found,
    markings: exploration.explored.length,
    witness: at === undefined ? [] : wayTo(exploration.explored, at),
  };
}

/**
 * Every marking a process can come to. Conditions are free choices, every task takes time, every event may happen,
 * a non-interrupting one once.
 */
export function explore(net: Net, markingsMax: number): Exploration {
  const explored: Explored[] = [];
  const known = new Map<string, number>();
  const visited = new Set<string>();
  const reach = (draft: Draft, from: number, by?: Choice): void => {
    for (const { elementId } of draft.trace) visited.add(elementId);
    const marking = draft.marking();
    const ends = countEnds(draft, explored[from]);
    const key = `${canonical(marking)} ${ends.map((end) => end.slice(end.indexOf(':'))).join()}`;
    let at = known.get(key);
    if (at === undefined) {
      at = explored.length;
      known.set(key, at);
      explored.push({ marking, ends, from, ...(by === undefined ? {} : { by }), next: [] });
    }
    explored[from]?.next.push(at);
  };
  for (const draft of outcomes((oracle) => begun(net, {}, oracle))) reach(draft, -1);
  for (let at = 0; at < explored.length && explored.length <= markingsMax; at++) {
    const marking = explored[at]?.marking;
    if (marking === undefined || isOverflowing(marking)) continue;
    for (const { draft, by } of successors(net, marking)) reach(draft, at, by);
  }
  return { explored, visited, isComplete: explored.length <= markingsMax };
}

/** While tokens move they do so in their order; when all wait, anything may be answered. */
function* successors(net: Net, marking: Marking): Generator<{ readonly draft: Draft; readonly by?: Choice }> {
  const moved = [...outcomes((oracle) => resumed(net, marking, oracle))];
  if (moved.some(({ hasMoved }) => hasMoved)) yield* moved.map(({ draft }) => ({ draft }));
  else {
    for (const by of choices(net, marking)) {
      for (const draft of outcomes((oracle) => answered(net, marking, by, oracle))) {
        // An error that nobody would catch is nothing a worker can be expected to throw.
        const isUncaught = by.type === 'throwError' && incidents(draft) > incidents(marking);
        if (!isUncaught) yield { draft, by };
      }
    }
  }
}

function resumed(net: Net, marking: Marking, oracle: Oracle): { readonly draft: Draft; readonly hasMoved: boolean } {
  const draft = new Draft(net, marking, oracle);
  return { hasMoved: moveOne(draft), draft };
}

/** Run once for every series of decisions an oracle could make. */
function* outcomes<T>(run: (oracle: Oracle) => T): Generator<T> {
  const decisions: number[] = [];
  do {
    const options: number[] = [];
    yield run((count) => {
      options.push(count);
      if (options.length > decisions.length) decisions.push(0);
      return decisions[options.length - 1] ?? 0;
    });
    while (decisions.length > 0 && (decisions.at(-1) ?? 0) + 1 >= (options[decisions.length - 1] ?? 0)) decisions.pop();
    if (decisions.length > 0) decisions.push((decisions.pop() ?? 0) + 1);
  } while (decisions.length > 0);
}

function incidents({ visits }: Pick<Marking, 'visits'>): number {
  return visits.filter(({ waiting }) => waiting === 'incident').length;
}

function wayTo(explored: readonly Explored[], at: number): readonly Choice[] {
  const way: Choice[] = [];
  for (let here = explored[at]; here !== undefined; here = explored[here.from]) if (here.by !== undefined) way.unshift(here.by);
  return way;
}
