import type { Event } from '../event.js';
import type { Instance } from '../instance.js';
import type { ElementId, ProcessModel } from '../model.js';
import { abstractModel } from './abstraction.js';
import type { Action } from './action.js';
import { possibleDeeds } from './deeds.js';
import { Oracle, outcomes } from './oracle.js';
import { perform } from './perform.js';
import { crowdedPlaces } from './places.js';
import { nothingYet } from './situation.js';
import type { Situation } from './situation.js';
import { worldOf } from './world.js';
import type { World } from './world.js';

/** A counterexample as it plays: for showing the tokens jam. */
export interface Played {
  readonly instance: Instance;
  /** What each action caused. */
  readonly steps: readonly { readonly action: Action; readonly events: readonly Event[] }[];
  /** Elements with more tokens than there should be. */
  readonly crowded: readonly ElementId[];
  /** Tokens are left, and nothing that could still come would move them. */
  readonly isStuck: boolean;
}

/**
 * Play a counterexample on the engine, as it was found: in the abstract model, where every task waits and
 * conditions give what the example says.
 *
 * @throws Error when the example does not belong to the model
 */
export function playCounterexample(model: ProcessModel, example: readonly Action[]): Played {
  const world = worldOf(abstractModel(model));
  const situation = nothingYet();
  const steps = example.map((action) => ({ action, events: play(world, situation, action).events }));
  return { instance: situation.instance, steps, crowded: crowdedPlaces(world, situation), isStuck: isStuck(world, situation) };
}

function play(world: World, situation: Situation, action: Action) {
  const { choices, ...deed } = action;
  const oracle = new Oracle((question, index) => (choices[index]?.question === question ? choices[index].value : undefined));
  const performed = perform(world, situation, deed, oracle);
  if (oracle.isCut) throw new Error(`The counterexample does not say what ${oracle.asked.at(-1)?.question} gives.`);
  return performed;
}

/** Can nothing real come from outside? */
export function isStuck(world: World, situation: Situation): boolean {
  const { instance } = situation;
  if (instance.status !== 'active' || instance.incidents.some(({ code }) => code === 'error-uncaught')) return false;
  const json = JSON.stringify(situation);
  return possibleDeeds(world, situation).every((deed) => {
    for (const { isReal } of outcomes(world.restless, (oracle) => perform(world, JSON.parse(json) as Situation, deed, oracle))) {
      if (isReal) return false;
    }
    return true;
  });
}
