import { Evaluator } from '../evaluator.js';
import type { Key } from '../instance.js';
import type { StartEventModel } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import { arm, isArmed } from './arm.js';

/**
 * Arm the event sub-processes of a scope that has just been opened, and after an incident those that could not be.
 *
 * @throws EvaluationFailed for a sub-process, which then has the incident; the instance itself keeps its own
 */
export function armEventSubProcesses(run: Run, scope: Key, eventSubProcesses: readonly Element[]): void {
  for (const { starts } of eventSubProcesses) {
    for (const { id: elementId, model } of starts) {
      const where = { elementId, host: scope };
      if (!isTriggeredStart(model) || isArmed(run.instance, where)) continue;
      try {
        arm(new Evaluator(run, scope), where, model.event, model.interrupting === false);
      } catch (error) {
        if (scope !== 0 || !(error instanceof EvaluationFailed)) throw error;
        const { code, message } = error;
        run.emit({ type: 'incidentCreated', incident: run.instance.nextKey, key: 0, elementId, code, message });
      }
    }
  }
}

/** Is it the start event of an event sub-process, or may it be? Others inside of something are plain. */
export function isTriggeredStart(model: Element['model']): model is StartEventModel {
  return model.kind === 'startEvent' && model.parent !== undefined;
}
