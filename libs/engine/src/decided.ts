import type { Json, Variables } from './json.js';
import type { Expression } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Scene } from './scene.js';

/**
 * Ask a condition that decides how an element goes on, and keep the reason when it says `decisive`.
 *
 * @param nearest what it can ask besides the variables
 * @throws EvaluationFailed `condition-not-boolean`, or what the condition failed with
 */
export function isDecided(scene: Scene, condition: Expression, decisive: boolean, nearest?: Variables): boolean {
  const { value, reads } = scene.evaluate(condition, nearest);
  if (typeof value !== 'boolean') throw notBoolean(scene, condition, value, reads);
  if (value !== decisive) return false;
  const { key, element, run } = scene;
  run.emit({ type: 'conditionDecided', key, elementId: element.id, condition: condition.text, value, reads });
  return true;
}

function notBoolean({ element }: Scene, condition: Expression, value: Json, reads: Variables): EvaluationFailed {
  const gave = value === null ? 'null' : JSON.stringify(value);
  return new EvaluationFailed(
    'condition-not-boolean',
    `The condition “${condition.text}” of ${element.id} gave ${gave}, neither true nor false.`,
    reads,
  );
}
