import type { Behavior } from '../behavior.js';
import type { ReceiveTaskModel } from '../model.js';
import { subscribe } from '../triggers/messages.js';

/** Receive task: wait for a message, write its payload, move on. */
export const receiveTask: Behavior<ReceiveTaskModel> = {
  enter(scene) {
    const host = scene.activate();
    subscribe(scene, { elementId: scene.element.id, host }, scene.model.message);
  },

  resume(scene, payload) {
    scene.receive(payload);
  },
};
