import type { Behavior } from '../behavior.js';
import type { BoundaryEventModel } from '../model.js';

/**
 * Boundary event: armed while its activity is active (`triggers/boundaries.ts`). When it fires, the token it brings passes here.
 *
 * Errors and escalations find their boundary event in `error-propagation.ts`, cancels in `compensation/cancel.ts`.
 */
export const boundaryEvent: Behavior<BoundaryEventModel> = {
  enter(scene) {
    scene.leave();
  },

  resume(scene, payload) {
    scene.receive(payload);
  },
};
