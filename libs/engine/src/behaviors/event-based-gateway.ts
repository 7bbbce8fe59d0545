import type { Behavior } from '../behavior.js';
import type { Key } from '../instance.js';
import type { Variables } from '../json.js';
import type { EventBasedGatewayModel } from '../model.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { arm } from '../triggers/arm.js';

/**
 * Event-based gateway: the token waits for all events behind it at once; the first to come takes it, the
 * others are no longer waited for.
 *
 * One that starts instances in parallel waits on for the others until each has come (BPMN 2.0.2, 10.6.6).
 *
 * Source: BPMN 2.0.2, 13.4.4.
 */
export const eventBasedGateway: Behavior<EventBasedGatewayModel> = {
  enter(scene) {
    scene.activate();
    for (const { target } of scene.element.outgoing) armTarget(scene, target);
  },
};

/** Begin to wait for the event behind a gateway. */
export function armTarget(scene: Scene, target: Element): void {
  const { model } = target;
  const where = { elementId: target.id, host: scene.key };
  if (model.kind === 'receiveTask') arm(scene, where, { type: 'message', message: model.message });
  else if (model.kind === 'intermediateCatchEvent') arm(scene, where, model.event);
}

/** One of the events behind a gateway has come. */
export function passGateway(run: Run, host: Key, target: Element, payload: Variables): void {
  const gateway = run.scene(host);
  const { scope, element } = gateway;
  const flow = element.outgoing.find((one) => one.target.id === target.id);
  const isParallel = element.model.kind === 'eventBasedGateway' && element.model.parallel === true;
  const isStillWaiting = isParallel && (gateway.token.owns?.length ?? 0) > 0;
  if (!isStillWaiting) run.emit({ type: 'elementCompleted', key: host, elementId: element.id });
  run.visit(target, scope, payload, flow?.id);
}
