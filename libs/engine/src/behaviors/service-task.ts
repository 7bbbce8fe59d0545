import type { Behavior } from '../behavior.js';
import type { WorkTaskModel } from '../model.js';
import { finish, perform } from '../work/work.js';

/** Service task: automatic work, most often a job that a worker outside does. The token stays until it is done. */
export const serviceTask: Behavior<WorkTaskModel> = {
  enter(scene) {
    perform(scene, scene.model.work);
  },

  resume(scene, result) {
    finish(scene, scene.model.work, result);
  },
};
