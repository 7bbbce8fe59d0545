import type { ElementInstance, Key } from '../instance.js';
import type { Action, Choice, Deed } from './action.js';
import { possibleDeeds } from './deeds.js';
import { Oracle } from './oracle.js';
import { perform } from './perform.js';
import type { Reduced } from './reduce.js';
import { nothingYet } from './situation.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** Actions one counterexample may have. */
const ACTIONS_MAX = 2_000;

export interface Expanded {
  readonly actions: readonly Action[];
  readonly situation: Situation;
}

/**
 * Tell a way through a reduced model as a way through the model it was made from: where one activity stands for
 * several elements, these are gone through on the way that is preferred.
 *
 * @returns nothing where that does not work out
 */
export function expand(world: World, reduced: Reduced, way: readonly Action[]): Expanded | undefined {
  const expansion = new Expansion(world, reduced);
  try {
    for (const action of way) expansion.follow(action);
  } catch (error) {
    if (error instanceof Astray) return undefined;
    throw error;
  }
  return expansion;
}

class Astray extends Error {}

class Expansion implements Expanded {
  readonly actions: Action[] = [];
  readonly situation = nothingYet();
  private choices: Choice[] = [];

  constructor(
    private readonly world: World,
    private readonly reduced: Reduced,
  ) {}

  follow({ choices, ...deed }: Action): void {
    this.choices = [...choices];
    const members = 'elementId' in deed && deed.elementId !== undefined ? this.reduced.members.get(deed.elementId) : undefined;
    const isWork = deed.type === 'complete' || deed.type === 'receive' || deed.type === 'fire';
    if (members !== undefined && isWork) this.goThrough(new Set(members));
    else if (members !== undefined && deed.type === 'throwError') this.failIn(new Set(members), deed.errorCode);
    else this.perform(deed);
    if (this.choices.length > 0) throw new Astray();
  }

  /** Until nothing is left of what is inside now; whatever comes in from outside meanwhile is not part of it. */
  private goThrough(members: ReadonlySet<string>): void {
    const inside = new Set<Key>();
    const look = (isFirst: boolean) => {
      for (const token of this.situation.instance.elements) if (this.isInside(token, members, inside, isFirst)) inside.add(token.key);
      return this.situation.instance.elements.some(({ key }) => inside.has(key));
    };
    for (let isBusy = look(true); isBusy; isBusy = look(false)) {
      const deed = this.next(members);
      if (deed === undefined) throw new Astray();
      this.perform(deed);
    }
  }

  private isInside(
    { elementId, scope, via }: ElementInstance,
    members: ReadonlySet<string>,
    inside: ReadonlySet<Key>,
    isFirst: boolean,
  ): boolean {
    if (inside.has(scope)) return true;
    if (!members.has(elementId)) return false;
    const { process } = this.world;
    return isFirst || (via !== undefined && process.model.flows.some(({ id, source }) => id === via && members.has(source)));
  }

  /** Go on inside to where work is done that can fail. */
  private failIn(members: ReadonlySet<string>, errorCode: string): void {
    for (;;) {
      const failure = this.deeds(members).find((deed) => deed.type === 'throwError' && deed.errorCode === errorCode);
      const deed = failure ?? this.next(members);
      if (deed === undefined) throw new Astray();
      this.perform(deed);
      if (failure !== undefined) return;
    }
  }

  private next(members: ReadonlySet<string>): Deed | undefined {
    return this.deeds(members).find(({ type }) => type === 'complete' || type === 'receive' || type === 'fire');
  }

  private deeds(members: ReadonlySet<string>): readonly Deed[] {
    const { byId } = this.world.process;
    return possibleDeeds(this.world, this.situation).filter(
      (deed) =>
        'elementId' in deed &&
        deed.elementId !== undefined &&
        members.has(deed.elementId) &&
        byId.get(deed.elementId)?.model.kind !== 'boundaryEvent',
    );
  }

  private perform(deed: Deed): void {
    if (this.actions.length >= ACTIONS_MAX) throw new Astray();
    const oracle = new Oracle((question) => {
      const preferred = this.reduced.preferred.get(question);
      if (preferred !== undefined) return preferred;
      return this.choices[0]?.question === question ? this.choices.shift()?.value : undefined;
    });
    let performed;
    try {
      performed = perform(this.world, this.situation, deed, oracle);
    } catch {
      throw new Astray(); // nobody waits for it
    }
    if (oracle.isCut || !performed.isReal) throw new Astray();
    this.actions.push({ ...deed, choices: oracle.asked });
  }
}
