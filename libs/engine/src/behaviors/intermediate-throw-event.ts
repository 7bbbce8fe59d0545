import type { Behavior } from '../behavior.js';
import type { ThrowEventModel } from '../model.js';
import { nextToUndo } from '../compensation/start.js';
import { raise, raiseRest } from '../throwing.js';

/** Intermediate throw event: throw what it is about and move on; a link throw event goes on at the catch event of its name. */
export const intermediateThrowEvent: Behavior<ThrowEventModel> = {
  enter(scene) {
    const { linkTarget } = scene.element;
    if (linkTarget !== undefined) {
      scene.run.arrive(linkTarget, scene.scope, { caught: true });
      return scene.depart([], undefined);
    }
    if (raise(scene, scene.model.event) === 'done') scene.leave();
  },

  resume(scene, result) {
    if (nextToUndo(scene)) return;
    scene.keep(result);
    if (raiseRest(scene, scene.model.event) === 'done') scene.leave();
  },
};
