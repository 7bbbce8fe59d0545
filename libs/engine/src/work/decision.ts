import type { Json, Variables } from '../json.js';
import type { DecisionWork } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import type { DecisionOutcome, DecisionPort } from '../ports.js';
import type { Scene } from '../scene.js';
import { ScopeView } from '../scope-view.js';
import { requiredText } from '../values.js';

/** Evaluate a decision, record what matched, and give its result in the asked form. */
export function decide(scene: Scene, work: DecisionWork): Json {
  const { decisions } = scene.run.process;
  if (decisions === undefined) throw new EvaluationFailed('decision-not-found', 'There are no decisions here.');
  const decisionId = requiredText(scene, work.decisionId, 'decision');
  const outcome = evaluate(decisions, decisionId, scene, work);
  const { value, matches } = outcome;
  scene.run.emit({
    type: 'decisionEvaluated',
    key: scene.key,
    elementId: scene.element.id,
    decisionId: outcome.decisionId,
    value,
    matches,
  });
  return mapped(outcome, work.mapResult);
}

/** @throws EvaluationFailed whatever went wrong in the decision. */
function evaluate(decisions: DecisionPort, decisionId: string, scene: Scene, work: DecisionWork): DecisionOutcome {
  try {
    return decisions.evaluate(decisionId, work.binding, new ScopeView(scene.instance, scene.innerScope));
  } catch (error) {
    if (error instanceof EvaluationFailed) throw error;
    throw new EvaluationFailed(
      'expression-failed',
      `Decision ${decisionId} failed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function mapped({ decisionId, value, rows }: DecisionOutcome, mapResult: DecisionWork['mapResult']): Json {
  switch (mapResult) {
    case 'value':
      return value;
    case 'singleEntry':
      return entryOf(decisionId, only(decisionId, rows));
    case 'singleResult':
      return only(decisionId, rows);
    case 'collectEntries':
      return rows.map((row) => entryOf(decisionId, row));
    case 'resultList':
      return rows;
  }
}

function only(decisionId: string, rows: readonly Variables[]): Variables | null {
  if (rows.length > 1)
    throw new EvaluationFailed('expression-failed', `Decision ${decisionId} gave ${rows.length} results where one is expected.`);
  return rows[0] ?? null;
}

function entryOf(decisionId: string, row: Variables | null): Json {
  if (row === null) return null;
  const values = Object.values(row);
  if (values.length > 1)
    throw new EvaluationFailed('expression-failed', `Decision ${decisionId} gave ${values.length} outputs where one is expected.`);
  return values[0] ?? null;
}
