import type { Key } from './instance.js';
import type { Variables } from './json.js';
import type { ElementModel } from './model.js';
import type { Element } from './process.js';
import type { Run } from './run.js';
import type { Scene } from './scene.js';

/** What one BPMN element kind does with a token. One file per kind, in `behaviors/`. */
export interface Behavior<M extends ElementModel = ElementModel> {
  /** A token has arrived. Leave it to wait here, or move it on. Called again when an incident is resolved. */
  enter(scene: Scene<M>): void;
  /** The wait is over: the work was done, the event was caught, the inside has ended. */
  resume?(scene: Scene<M>, answer: Variables): void;
  /**
   * Nothing else in the step can move: may the tokens held here go on?
   *
   * @returns whether something moved
   */
  wake?(run: Run, element: Element<M>, scope: Key, held: readonly Key[]): boolean;
}
