import type { LoopState } from '../instance.js';
import type { Variables } from '../json.js';

/**
 * What conditions of a loop can ask about it: BPMN's names (2.0.2, 10.3.8) and Camunda 7's short ones.
 */
export function countsOf({ total, started, completed, terminated }: LoopState): Variables {
  const active = started - completed - terminated;
  const all = total < 0 ? started : total;
  return {
    numberOfInstances: all,
    numberOfActiveInstances: active,
    numberOfCompletedInstances: completed,
    numberOfTerminatedInstances: terminated,
    nrOfInstances: all,
    nrOfActiveInstances: active,
    nrOfCompletedInstances: completed,
    loopCounter: completed + terminated,
  };
}
