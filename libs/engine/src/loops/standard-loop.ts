import type { Behavior } from '../behavior.js';
import { isDecided } from '../decided.js';
import type { StandardLoop } from '../model.js';
import type { Scene } from '../scene.js';
import { numberValue } from '../values.js';
import { countsOf } from './counts.js';

/**
 * Standard loop: the activity again and again, while the condition holds and not more than `maximum` times.
 *
 * The condition is looked at before each time, but not before the first unless `testBefore`.
 *
 * Source: BPMN 2.0.2, 13.3.6.
 */
export const standardLoop: Behavior = {
  enter(scene) {
    const key = scene.activate({});
    if (scene.token.loop === undefined) {
      scene.run.emit({ type: 'loopStarted', key, total: -1 });
      if (!loopOf(scene).testBefore && !isExhausted(scene)) return again(scene);
    }
    proceed(scene);
  },

  resume(scene) {
    proceed(scene);
  },
};

function loopOf(scene: Scene): StandardLoop {
  return scene.element.loop as StandardLoop;
}

function proceed(scene: Scene): void {
  const { started, completed, terminated } = scene.token.loop!;
  if (started > completed + terminated) return; // one is under way
  if (!isExhausted(scene) && holds(scene)) again(scene);
  else scene.leave();
}

function again(scene: Scene): void {
  scene.run.arrive(scene.element, scene.key, { loopCounter: scene.token.loop!.started + 1 });
}

function isExhausted(scene: Scene): boolean {
  const { maximum } = loopOf(scene);
  return scene.token.loop!.started >= numberValue(scene, maximum, Number.POSITIVE_INFINITY);
}

function holds(scene: Scene): boolean {
  const { condition } = loopOf(scene);
  return condition === undefined || !isDecided(scene, condition, false, countsOf(scene.token.loop!));
}
