import type { Behavior } from '../behavior.js';
import type { WorkTaskModel } from '../model.js';
import { finish, perform } from '../work/work.js';

/** Script task: evaluated within the step; the entries of a context result become variables. A script the engine cannot run is a job. */
export const scriptTask: Behavior<WorkTaskModel> = {
  enter(scene) {
    perform(scene, scene.model.work);
  },

  resume(scene, result) {
    finish(scene, scene.model.work, result);
  },
};
