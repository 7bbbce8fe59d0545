import type { Behavior } from '../behavior.js';
import type { SubProcessModel } from '../model.js';
import { NO_VARIABLES } from '../variables.js';

/**
 * Embedded sub-process: a scope of its own, with one token at its start. It leaves when no token is left inside.
 *
 * Without a start event every element inside that no flow leads to gets a token.
 */
export const subProcess: Behavior<SubProcessModel> = {
  enter(scene) {
    scene.openScope(NO_VARIABLES);
    for (const start of scene.element.starts) scene.run.arrive(start, scene.key);
  },

  resume(scene) {
    scene.leave();
  },
};
