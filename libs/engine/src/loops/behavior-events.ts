import { throwEscalation } from '../error-propagation.js';
import type { LoopState } from '../instance.js';
import type { BehaviorEvent, MultiInstance } from '../model.js';
import type { Scene } from '../scene.js';
import { throwSignal } from '../triggers/signals.js';
import { NO_VARIABLES } from '../variables.js';
import { publish } from '../work/message.js';
import { countsOf } from './counts.js';

/**
 * What a multi-instance activity throws as its instances complete: at each, at the first, or as conditions say.
 *
 * Source: BPMN 2.0.2, 10.3.8 (`behavior`, `complexBehaviorDefinition`).
 */
export function throwBehaviorEvents(scene: Scene, { behavior }: MultiInstance, state: LoopState): void {
  if (behavior === undefined) return;
  if (behavior.type === 'complex') {
    for (const { condition, event } of behavior.definitions) {
      if (scene.run.isAlive(scene.key) && scene.evaluate(condition, countsOf(state)).value === true) raise(scene, event);
    }
  } else if (behavior.type === 'none' || state.completed === 1) {
    raise(scene, behavior.event);
  }
}

function raise(scene: Scene, event: BehaviorEvent): void {
  switch (event.type) {
    case 'signal':
      return throwSignal(scene, event);
    case 'escalation':
      throwEscalation(scene.run, scene.key, { escalationCode: event.escalationCode ?? '', variables: NO_VARIABLES });
      return;
    case 'message':
      if (event.work.kind === 'message') publish(scene, event.work);
      return;
  }
}
