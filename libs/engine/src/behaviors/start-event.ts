import type { Behavior } from '../behavior.js';
import type { StartEventModel } from '../model.js';

/** Start event: the token appears here and goes on. What brings it is the shell's matter, or its event sub-process's. */
export const startEvent: Behavior<StartEventModel> = {
  enter(scene) {
    scene.complete();
  },

  resume(scene, payload) {
    scene.keep(payload);
    scene.leave();
  },
};
