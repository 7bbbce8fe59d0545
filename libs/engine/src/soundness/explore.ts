import type { ElementId } from '../model.js';
import type { Action, Deed } from './action.js';
import { beginnings, possibleDeeds } from './deeds.js';
import { independentDeed } from './independent.js';
import { outcomes } from './oracle.js';
import { crowdedPlaces, isOverflowing } from './places.js';
import { perform } from './perform.js';
import type { Performed } from './perform.js';
import { canonical, nothingYet } from './situation.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** For each state that may be looked at, so many steps may be tried. */
const STEPS_PER_STATE_MAX = 12;

/** One situation that can come about. */
export interface State {
  /** The situation, as JSON: small, and safe from being changed. */
  readonly json: string;
  /** How it was first reached, on a shortest way: from which state, by what. */
  readonly from: number;
  readonly by: Action;
  readonly next: number[];
  readonly isOver: boolean;
  readonly isEndless: boolean;
  /** Places with more tokens than there should be. */
  readonly crowded: readonly ElementId[];
  /** Nobody outside can do anything. */
  isStuck: boolean;
}

export interface Exploration {
  readonly states: readonly State[];
  /** Elements some token has come to, and flows some token has come on. */
  readonly visited: ReadonlySet<string>;
  /** Elements that were left again, in some run. */
  readonly completed: ReadonlySet<string>;
  /** False if there is more than was looked at. */
  readonly isComplete: boolean;
  /** Were deeds put off, or put first, because the order does not matter? */
  readonly isThinned: boolean;
}

export interface ExploreOptions {
  /** Try deeds that concern nobody else before all others only (`independent.ts`)? */
  readonly isThinning?: boolean;
}

/**
 * Every situation an abstract model can come to, breadth first, so that the first way found to each is a shortest.
 * With `isThinning`, enough of them to show every kind of mistake; ways may be longer.
 *
 * Places with very many tokens are not followed further: tokens without bound would make situations without bound.
 */
export function explore(world: World, statesMax: number, { isThinning = false }: ExploreOptions = {}): Exploration {
  const states: State[] = [];
  const known = new Map<string, number>();
  const visited = new Set<string>();
  const completed = new Set<string>();
  let isComplete = true;
  let isThinned = false;
  let steps = 0;

  const reach = ({ situation, events, isEndless }: Performed, from: number, by: Action): void => {
    for (const event of events) {
      if (event.type === 'elementCompleted') completed.add(event.elementId);
      else if (event.type !== 'elementPassed' && event.type !== 'elementActivated' && event.type !== 'tokenHeld') continue;
      // A token that is held has come on its flow, but not yet to its element.
      if (event.type !== 'tokenHeld') visited.add(event.elementId);
      if ('via' in event && event.via !== undefined) visited.add(event.via);
    }
    const key = isEndless ? `endless ${situation.instance.elements.map(({ elementId }) => elementId).join()}` : canonical(situation);
    let at = known.get(key);
    if (at === undefined) {
      at = states.length;
      known.set(key, at);
      const { instance } = situation;
      const isOver = instance.status !== 'active' || instance.incidents.some(({ code }) => code === 'error-uncaught');
      states.push({
        json: JSON.stringify(situation),
        from,
        by,
        next: [],
        isOver,
        isEndless,
        crowded: crowdedPlaces(world, situation),
        isStuck: false,
      });
    }
    const next = states[from]?.next;
    if (next !== undefined && !next.includes(at)) next.push(at);
  };

  /** @returns whether all that can follow was followed */
  const follow = (json: string, deed: Deed, from: number): boolean => {
    const series = outcomes(world.restless, (oracle) => ({
      ...perform(world, JSON.parse(json) as Situation, deed, oracle),
      choices: oracle.asked,
    }));
    for (let one = series.next(); ; one = series.next()) {
      if (one.done === true) {
        isComplete &&= one.value;
        return one.value;
      }
      steps += 1;
      const { choices, ...performed } = one.value;
      if (performed.isReal) reach(performed, from, { ...deed, choices });
    }
  };

  const nothing = JSON.stringify(nothingYet());
  for (const deed of beginnings(world)) follow(nothing, deed, -1);
  for (let at = 0; at < states.length; at++) {
    if (states.length > statesMax || steps > statesMax * STEPS_PER_STATE_MAX)
      return { states, visited, completed, isComplete: false, isThinned };
    const state = states[at]!;
    if (state.isEndless) continue;
    const situation = JSON.parse(state.json) as Situation;
    if (isOverflowing(situation)) {
      isComplete &&= state.crowded.length > 0; // what is crowded has been told already
      continue;
    }
    const deeds = possibleDeeds(world, situation);
    const alone = isThinning && !state.isOver && state.crowded.length === 0 ? independentDeed(world, situation, deeds) : undefined;
    let isFollowed = true;
    if (alone !== undefined) {
      isThinned = true;
      isFollowed = follow(state.json, alone, at);
      // Only ahead, so that nothing is put off for ever.
      const isAhead = (to: number) => to > at && !states[to]!.isOver && !states[to]!.isEndless && states[to]!.crowded.length === 0;
      if (isFollowed && state.next.length > 0 && state.next.every(isAhead)) continue;
    }
    for (const deed of deeds) if (deed !== alone) isFollowed = follow(state.json, deed, at) && isFollowed;
    state.isStuck = isFollowed && !state.isOver && state.next.length === 0;
  }
  return { states, visited, completed, isComplete, isThinned };
}

/** The actions that lead to a state. */
export function wayTo(states: readonly State[], at: number): readonly Action[] {
  const way: Action[] = [];
  for (let here = states[at]; here !== undefined; here = states[here.from]) way.unshift(here.by);
  return way;
}
