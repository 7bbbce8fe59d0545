import type { Variables } from './json.js';
import type { ElementModel } from './model.js';
import type { Scene } from './scene.js';

/** What one BPMN element kind does with a token. One file per kind, in `behaviors/`. */
export interface Behavior<M extends ElementModel = ElementModel> {
  /** A token has arrived. Leave it to wait here, or move it on. Called again when an incident is resolved. */
  enter(scene: Scene<M>): void;
  /** The wait is over: the work was done, the timer fired, the message came. */
  resume?(scene: Scene<M>, answer: Variables): void;
}
