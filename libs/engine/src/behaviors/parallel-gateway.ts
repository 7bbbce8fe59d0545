import type { Behavior } from '../behavior.js';
import { hold, oldestPerFlow } from '../gateways/joining.js';
import type { Key } from '../instance.js';
import type { GatewayModel } from '../model.js';
import type { Scene } from '../scene.js';
import { get } from '../table.js';
import { ownValue } from '../variables.js';

const NONE: readonly Key[] = Object.freeze([]);

/**
 * Parallel gateway: once every incoming flow has brought a token, take every outgoing flow.
 *
 * One token per incoming flow is consumed, the oldest each. A second token on the same flow does not
 * stand in for a missing one; it waits for the next round.
 *
 * Source: BPMN 2.0.2, 13.4.1.
 */
export const parallelGateway: Behavior<GatewayModel> = {
  enter(scene) {
    const { incoming, outgoing } = scene.element;
    if (incoming.length <= 1) return scene.depart(outgoing);

    const partners = partnersOf(scene);
    if (partners === undefined) hold(scene);
    else scene.depart(outgoing, partners);
  },
};

/** One held token for every incoming flow but this token's own; `undefined` while one is missing. */
function partnersOf(scene: Scene<GatewayModel>): readonly Key[] | undefined {
  const { incoming, id } = scene.element;
  const { run, instance, scope } = scene;
  const held = ownValue(get(instance.scopes, scope).held ?? {}, id) ?? NONE;
  if (held.length < incoming.length - 1) return undefined; // someone is missing, whoever it is

  const partners = [...oldestPerFlow(run, held)].flatMap(([via, key]) => (via === scene.arrival.via ? [] : [key]));
  return partners.length === incoming.length - 1 ? partners : undefined;
}
