import type { Behavior } from '../behavior.js';
import { nextToUndo } from '../compensation/start.js';
import { endCanceled } from '../compensation/cancel.js';
import type { EndEventDefinition, EndEventModel } from '../model.js';
import type { Scene } from '../scene.js';
import { raise, raiseRest } from '../throwing.js';

/**
 * End event: throw what it is about, then the token is gone; the scope ends with its last one.
 *
 * - terminate: every other token of its own scope is taken away, then the scope ends as usual.
 * - error: thrown here, caught outside; uncaught, the token stays with an incident.
 * - cancel: the transaction is undone and left by its cancel boundary event.
 *
 * Source: BPMN 2.0.2, 10.5.3 and 13.5.6.
 */
export const endEvent: Behavior<EndEventModel> = {
  enter(scene) {
    if (raise(scene, scene.model.event) === 'done') end(scene);
  },

  resume(scene, result) {
    if (nextToUndo(scene)) return;
    scene.keep(result);
    if (raiseRest(scene, scene.model.event) !== 'done') return;
    if (about(scene.model.event, 'cancel')) endCanceled(scene);
    else end(scene);
  },
};

function end(scene: Scene<EndEventModel>): void {
  if (!about(scene.model.event, 'terminate')) return scene.depart([]);
  const { run, scope } = scene;
  const key = scene.activate();
  run.terminateScope(scope, key);
  scene.depart([]);
}

function about(event: EndEventDefinition, type: EndEventDefinition['type']): boolean {
  return event.type === type || (event.type === 'multiple' && event.events.some((one) => one.type === type));
}
