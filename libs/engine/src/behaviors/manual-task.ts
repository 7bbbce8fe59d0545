import type { Behavior } from '../behavior.js';
import type { PassThroughTaskModel } from '../model.js';

/** Manual task: someone does it, nobody watches it; the token goes on at once. */
export const manualTask: Behavior<PassThroughTaskModel> = {
  enter(scene) {
    scene.complete();
  },
};
