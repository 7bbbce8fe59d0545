import type { Behavior } from '../behavior.js';
import type { CatchEventModel } from '../model.js';
import { arm } from '../triggers/arm.js';

/**
 * Intermediate catch event: wait for what it is about, write what that brings, move on.
 *
 * - link: a token comes here only by a jump from a link throw event; it passes.
 * - spawned: as soon as no detached child is left (`formats.md` A.7, Sterling's join).
 */
export const intermediateCatchEvent: Behavior<CatchEventModel> = {
  enter(scene) {
    const { event } = scene.model;
    if (event.type === 'link') return scene.leave();
    const host = scene.activate();
    if (event.type !== 'spawned') return arm(scene, { elementId: scene.element.id, host }, event);
    if (scene.instance.detached === undefined) return scene.leave();
    scene.run.emit({ type: 'spawnedAwaited', key: host, elementId: scene.element.id });
  },

  resume(scene, payload) {
    scene.receive(payload);
  },
};
