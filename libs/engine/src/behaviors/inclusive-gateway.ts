import type { Behavior } from '../behavior.js';
import { goOn, hold, oldestPerFlow } from '../gateways/joining.js';
import { mayFire } from '../gateways/reachability.js';
import type { GatewayModel } from '../model.js';

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
    if (scene.element.incoming.length <= 1) return goOn(scene);
    hold(scene);
  },

  wake(run, element, scope, held) {
    if (!mayFire(run, element, scope, held)) return false;
    const [first, ...others] = oldestPerFlow(run, held).values();
    const scene = run.scene(first!);
    try {
      goOn(scene, others);
    } catch (error) {
      scene.fail(error);
    }
    return true;
  },
};
