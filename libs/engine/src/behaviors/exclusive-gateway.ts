import type { Behavior } from '../behavior.js';
import type { FlowReason } from '../event.js';
import type { GatewayModel } from '../model.js';
import { noOutgoingFlow, record, weigh } from '../routing.js';

/**
 * Exclusive gateway: each token passes alone, on the first flow in document order whose condition is
 * true; if none is, on the default flow; if there is none, it stays with an incident.
 *
 * With one way out, or none behind a merge, there is nothing to decide and nothing to explain.
 *
 * Source: BPMN 2.0.2, 13.4.2.
 */
export const exclusiveGateway: Behavior<GatewayModel> = {
  enter(scene) {
    const { outgoing } = scene.element;
    if (outgoing.length === 0 || (outgoing.length === 1 && !scene.element.hasConditions)) return scene.depart(outgoing);

    const reasons: FlowReason[] = [];
    for (const flow of outgoing) {
      if (flow.isDefault) continue;
      const reason = weigh(scene, flow);
      reasons.push(reason);
      if (reason.value === false) continue;
      record(scene, [flow], reasons);
      return scene.depart([flow]);
    }

    const otherwise = outgoing.find((flow) => flow.isDefault);
    if (otherwise === undefined) throw noOutgoingFlow(scene);
    reasons.push({ flowId: otherwise.id, isDefault: true });
    record(scene, [otherwise], reasons);
    scene.depart([otherwise]);
  },
};
