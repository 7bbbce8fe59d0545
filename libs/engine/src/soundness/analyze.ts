import type { ProcessModel } from '../model.js';
import { abstractModel } from './abstraction.js';
import type { Action } from './action.js';
import { expand } from './expand.js';
import { explore, wayTo } from './explore.js';

import { findingsIn } from './findings.js';
import type { Exploration } from './explore.js';
import type { Found } from './findings.js';
import { crowdedPlaces } from './places.js';
import { isStuck } from './play-counterexample.js';
import { reduce } from './reduce.js';
import type { Reduced } from './reduce.js';
import type { SoundnessFinding, SoundnessReport } from './report.js';
import type { Situation } from './situation.js';
import { worldOf } from './world.js';
import type { World } from './world.js';

export interface SoundnessOptions {
  /** Situations to look at before giving up; default 20,000. */
  readonly maxStates?: number;
  /** Take sound parts for one activity first (`reduce.ts`)? Default true; without it more situations are looked at. */
  readonly reduce?: boolean;
  /**
   * Leave out orders that make no difference (`independent.ts`)? Default true; without it more situations are looked at.
   * `only`: do not look again for shorter ways to mistakes either.
   */
  readonly thin?: boolean | 'only';
}

const STATES_MAX = 20_000;

/** Situations of the whole model that are looked at for a counterexample that the reduced one cannot give. */
const STATES_AGAIN_MAX = 2_000;

/**
 * Can this process deadlock, go round for ever, lose synchronization, leave tokens behind, or hold parts that no
 * run reaches? Looked for on the engine itself, whatever the conditions may be and whatever comes from outside.
 *
 * Pure, so it runs wherever the engine does: in the browser while somebody draws.
 *
 * @throws ModelInvalid for a model that does not compile
 */
export function analyze(
  model: ProcessModel,
  { maxStates = STATES_MAX, reduce: isReducing = true, thin = true }: SoundnessOptions = {},
): SoundnessReport {
  const whole = abstractModel(model);
  const world = worldOf(whole);
  const reduced = isReducing ? reduce(whole) : undefined;
  const small = reduced === undefined ? world : worldOf(reduced.model);
  const explored = thin === true ? exploreThinned(small, maxStates) : explore(small, maxStates, { isThinning: thin === 'only' });
  if (reduced !== undefined && isLeftHalfway(explored, reduced)) return analyze(model, { maxStates, reduce: false, thin });
  const exploration = reduced === undefined ? explored : { ...explored, visited: withMembers(explored.visited, reduced) };
  const found = findingsIn({ ...small, process: { ...small.process, model: whole } }, exploration);
  const findWhole = lookAgain(world, Math.min(maxStates, STATES_AGAIN_MAX));
  const all = found.map((one): SoundnessFinding => {
    const { at, ...finding } = one;
    if (at === undefined) return finding;
    const way = wayTo(exploration.states, at);
    if (reduced === undefined) return { ...finding, counterexample: way };
    return witnessed(world, reduced, one, way) ?? findWhole(one) ?? finding;
  });
  const findings = distinct(all);
  const isUnsound = findings.some(({ severity }) => severity === 'error');
  const verdict = isUnsound ? 'unsound' : exploration.isComplete ? 'sound' : 'undecided';
  return { verdict, findings, states: exploration.states.length };
}

/**
 * Without orders that make no difference, if that shows that all is well. What is wrong is looked for again in all
 * orders, so that it is told in the shortest way; and told in a longer one where these are too many.
 */
function exploreThinned(world: World, maxStates: number): Exploration {
  const thinned = explore(world, maxStates, { isThinning: true });
  if (!thinned.isThinned || (thinned.isComplete && findingsIn(world, thinned).length === 0)) return thinned;
  const whole = explore(world, thinned.isComplete ? Math.min(maxStates, STATES_AGAIN_MAX) : maxStates);
  return whole.isComplete || !thinned.isComplete ? whole : thinned;
}

/**
 * Is something that stands for several elements begun in some run, but never finished? How far tokens come in it
 * cannot be told then.
 */
function isLeftHalfway({ visited, completed, isComplete }: Exploration, { members }: Reduced): boolean {
  return isComplete && [...members.keys()].some((id) => visited.has(id) && !completed.has(id));
}

/** Whatever was taken out is reached with what it was taken out of. */
function withMembers(visited: ReadonlySet<string>, { members, riders }: Reduced): ReadonlySet<string> {
  return new Set(
    [...visited].flatMap((id) =>
      [id, ...(members.get(id) ?? []), ...(riders.get(id) ?? [])].flatMap((one) => [one, ...(riders.get(one) ?? [])]),
    ),
  );
}

/** The counterexample in the words of the whole model, if it shows there what it should. */
function witnessed(world: World, reduced: Reduced, { at: _, ...finding }: Found, way: readonly Action[]): SoundnessFinding | undefined {
  const expanded = expand(world, reduced, way);
  if (expanded === undefined || !shows(world, finding.code, expanded.situation)) return undefined;
  const crowded = crowdedPlaces(world, expanded.situation);
  const elementIds = finding.code === 'lack-of-synchronization' ? crowded : finding.elementIds;
  return { ...finding, elementIds, counterexample: expanded.actions };
}

function shows(world: World, code: Found['code'], situation: Situation): boolean {
  if (code === 'deadlock' || code === 'tokens-left') return isStuck(world, situation);
  return code !== 'lack-of-synchronization' || crowdedPlaces(world, situation).length > 0;
}

/** The same findings, looked for in the whole model; it is explored once, and only if it has to be. */
function lookAgain(world: World, maxStates: number): (found: Found) => SoundnessFinding | undefined {
  let explored: { readonly exploration: Exploration; readonly found: readonly Found[] } | undefined;
  return ({ code }) => {
    if (explored === undefined) {
      const exploration = explore(world, maxStates);
      explored = { exploration, found: findingsIn(world, exploration) };
    }
    const found = explored.found.find((one) => one.code === code && one.at !== undefined);
    if (found?.at === undefined) return undefined;
    const { at, ...finding } = found;
    return { ...finding, counterexample: wayTo(explored.exploration.states, at) };
  };
}

/** Two mistakes of the reduced model can be one of the whole. */
function distinct(findings: readonly SoundnessFinding[]): readonly SoundnessFinding[] {
  return [...new Map(findings.map((finding) => [`${finding.code} ${finding.elementIds.join()}`, finding])).values()];
}
