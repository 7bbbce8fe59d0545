import type { Behavior } from '../behavior.js';
import type { PassThroughTaskModel } from '../model.js';

/** Abstract task: says nothing about how it is done, so the token goes on at once. */
export const task: Behavior<PassThroughTaskModel> = {
  enter(scene) {
    scene.complete();
  },
};
