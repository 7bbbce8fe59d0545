import type { Behavior } from '../behavior.js';
import type { WorkTaskModel } from '../model.js';
import { finish, perform } from '../work/work.js';

/** Send task: the message is published and the token goes on; whether anyone receives it is not waited for. */
export const sendTask: Behavior<WorkTaskModel> = {
  enter(scene) {
    perform(scene, scene.model.work);
  },

  resume(scene, result) {
    finish(scene, scene.model.work, result);
  },
};
