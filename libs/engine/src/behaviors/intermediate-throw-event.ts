import type { Behavior } from '../behavior.js';
import type { ThrowEventModel } from '../model.js';

/** Intermediate none event: a milestone; the token passes and history remembers it. */
export const intermediateThrowEvent: Behavior<ThrowEventModel> = {
  enter(scene) {
    scene.complete();
  },
};
