import { lacksInputs } from '../gates.js';
import { Evaluator } from '../evaluator.js';
import type { ConditionSubscription, Key } from '../instance.js';
import type { ConditionalEvent, ElementModel } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import type { Evaluation } from '../ports.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { NO_VARIABLES } from '../variables.js';
import { deliver } from './deliver.js';
import { scopeOf } from './scope-of.js';

/**
 * Variables have changed: fire every conditional event whose condition has become true, and begin
 * activities whose input sets are complete.
 *
 * Source: BPMN 2.0.2, 10.5.4 (conditional events fire when the condition becomes true).
 */
export function lookAtConditions(run: Run): void {
  run.haveVariablesChanged = false;
  const conditions = run.instance.subscriptions.filter((one) => one.type === 'condition');
  for (const { key } of conditions) {
    const subscription = find(run.instance.subscriptions, key);
    if (subscription?.type === 'condition') look(run, subscription);
  }
  for (const { key, waiting } of run.instance.elements) {
    if (waiting === 'data' && !lacksInputs(run.scene(key))) run.reenter(key);
  }
}

function look(run: Run, subscription: ConditionSubscription): void {
  const { value, reads } = evaluate(run, subscription);
  const isTrue = value === true;
  if (isTrue === subscription.isTrue) return;
  run.emit({ type: 'conditionChanged', subscription: subscription.key, isTrue, reads });
  if (isTrue) deliver(run, subscription, NO_VARIABLES);
}

/** A condition that cannot be evaluated yet, because a variable is missing, is not true. */
function evaluate(run: Run, { elementId, host, part }: ConditionSubscription): Pick<Evaluation, 'value' | 'reads'> {
  const { condition } = definitionOf(run.element(elementId).model, part);
  try {
    return new Evaluator(run, seenFrom(run, elementId, host)).evaluate(condition);
  } catch (error) {
    if (error instanceof EvaluationFailed) return { value: false, reads: error.reads };
    throw error;
  }
}

/** An activity's own variables are seen by the events on its border. */
function seenFrom(run: Run, elementId: string, host: Key): Key {
  return find(run.instance.scopes, host) === undefined ? scopeOf(run, { elementId, host }) : host;
}

function definitionOf(model: ElementModel, part: number | undefined): ConditionalEvent {
  const event = 'event' in model ? model.event : undefined;
  const one = event?.type === 'multiple' && part !== undefined ? event.events[part] : event;
  if (one?.type !== 'conditional') throw new Error(`Expected ${model.id} to be a conditional event, but it is not.`);
  return one;
}
