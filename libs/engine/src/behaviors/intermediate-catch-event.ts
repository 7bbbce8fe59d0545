import type { Behavior } from '../behavior.js';
import type { CatchEventModel } from '../model.js';
import { subscribe } from '../subscriptions.js';
import { schedule } from '../timers/schedule.js';

/** Intermediate catch event: wait for the message or the timer, write what it brings, move on. */
export const intermediateCatchEvent: Behavior<CatchEventModel> = {
  enter(scene) {
    const { event } = scene.model;
    if (event.type === 'message') subscribe(scene, event.message);
    else schedule(scene, event.timer, scene.model.id, false);
  },

  resume(scene, payload) {
    scene.receive(payload);
  },
};
