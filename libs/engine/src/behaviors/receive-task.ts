import type { Behavior } from '../behavior.js';
import type { ReceiveTaskModel } from '../model.js';
import { subscribe } from '../subscriptions.js';

/** Receive task: wait for a message, write its payload, move on. */
export const receiveTask: Behavior<ReceiveTaskModel> = {
  enter(scene) {
    subscribe(scene, scene.model.message);
  },

  resume(scene, payload) {
    scene.receive(payload);
  },
};
