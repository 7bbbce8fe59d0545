import type { Behavior } from '../behavior.js';
import { mayFire } from '../gateways/reachability.js';
import type { Key } from '../instance.js';
import type { GatewayModel } from '../model.js';
import type { Run } from '../run.js';
import { chooseFlows } from '../routing.js';
import type { Scene } from '../scene.js';

/**
 * Inclusive gateway. As a fork: every flow whose condition is true; if none is, the default flow.
 *
 * As a join it waits as long as a token elsewhere could still reach an incoming flow that has none, unless
 * that token could also reach one that has. Looked at when nothing else in the step can move.
 *
 * Source: BPMN 2.0.2, 13.4.3 (the rule with its two clauses).
 */
export const inclusiveGateway: Behavior<GatewayModel> = {
  enter(scene) {
    if (scene.element.incoming.length <= 1) return go(scene);
    hold(scene);
  },

  wake(run, element, scope, held) {
    if (!mayFire(run, element, scope, held)) return false;
    const [first, ...others] = oldestPerFlow(run, held);
    const scene = run.scene(first!);
    try {
      go(scene as Scene<GatewayModel>, others);
    } catch (error) {
      scene.fail(error);
    }
    return true;
  },
};

/** Hold the token at the gateway it has come to. */
export function hold({ run, element, scope, arrival: { via }, key }: Scene): void {
  run.emit({ type: 'tokenHeld', key, elementId: element.id, scope, ...(via === undefined ? undefined : { via }) });
}

/** One token of every flow that has some, the oldest each. */
export function oldestPerFlow(run: Run, held: readonly Key[]): readonly Key[] {
  const oldest = new Map<string | undefined, Key>();
  for (const key of held) {
    const { via } = run.token(key);
    if (!oldest.has(via)) oldest.set(via, key);
  }
  return [...oldest.values()];
}

function go(scene: Scene<GatewayModel>, joined?: readonly Key[]): void {
  const { hasConditions, outgoing } = scene.element;
  scene.depart(hasConditions ? chooseFlows(scene) : outgoing, joined);
}
