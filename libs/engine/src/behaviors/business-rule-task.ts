import type { Behavior } from '../behavior.js';
import type { WorkTaskModel } from '../model.js';
import { finish, perform } from '../work/work.js';

/** Business rule task: a decision is evaluated within the step; its matched rules are recorded as the reason. */
export const businessRuleTask: Behavior<WorkTaskModel> = {
  enter(scene) {
    perform(scene, scene.model.work);
  },

  resume(scene, result) {
    finish(scene, scene.model.work, result);
  },
};
