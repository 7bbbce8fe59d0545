import type { ElementInstance, Instance } from '../instance.js';
import type { ElementId } from '../model.js';
import { AGAIN } from './situation.js';
import type { Situation } from './situation.js';
import type { World } from './world.js';

/** So many tokens in one place show nothing new. */
const TOKENS_PER_PLACE_MAX = 3;

/**
 * Elements with two tokens at a time in the same scope, joins with two from the same flow, and end events that
 * were reached twice in the same scope: in terms of workflow nets, places that hold more than one token.
 *
 * Several at a time are as they should be: inner instances of a loop, handlers of compensation, event
 * sub-processes, activities of ad-hoc sub-processes, complex gateways (late tokens), activities that take several.
 *
 * Source: W. M. P. van der Aalst, “The Application of Petri Nets to Workflow Management” (1998): sound and safe.
 */
export function crowdedPlaces(world: World, { instance, ends }: Situation): readonly ElementId[] {
  const single = instance.elements.filter((token) => !maySeveral(world, instance, token));
  const crowded = new Set(byPlace(single).flatMap((tokens) => (tokens.length > 1 ? [tokens[0]!.elementId] : [])));
  for (const end of ends) {
    if (!end.endsWith(AGAIN)) continue;
    const colon = end.indexOf(':');
    if (!isAdHoc(world, instance, Number(end.slice(0, colon)))) crowded.add(end.slice(colon + 1, -AGAIN.length));
  }
  return [...crowded];
}

/** Are there so many tokens in one place, of whatever kind, that following them shows nothing new? */
export function isOverflowing({ instance }: Situation): boolean {
  return byPlace(instance.elements).some(({ length }) => length > TOKENS_PER_PLACE_MAX);
}

function byPlace(tokens: readonly ElementInstance[]): readonly (readonly ElementInstance[])[] {
  return [
    ...Map.groupBy(
      tokens,
      ({ scope, elementId, via, waiting }) => `${scope} ${elementId} ${waiting === 'join' ? (via ?? '') : ''}`,
    ).values(),
  ];
}

function maySeveral(world: World, instance: Instance, { elementId, scope, loopCounter, compensates }: ElementInstance): boolean {
  const element = world.process.byId.get(elementId);
  if (element === undefined || loopCounter !== undefined || compensates !== undefined || element.startQuantity > 1) return true;
  const { model } = element;
  if (model.kind === 'complexGateway' || isAdHoc(world, instance, scope)) return true;
  return (
    ('isForCompensation' in model && model.isForCompensation === true) || (model.kind === 'subProcess' && model.triggeredByEvent === true)
  );
}

function isAdHoc({ process }: World, { elements }: Instance, scope: number): boolean {
  const owner = elements.find(({ key }) => key === scope);
  const model = owner === undefined ? undefined : process.byId.get(owner.elementId)?.model;
  return model?.kind === 'subProcess' && model.adHoc !== undefined;
}
