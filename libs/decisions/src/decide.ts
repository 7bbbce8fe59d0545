import { EvaluationFailed } from '@baton/engine';
import type { DecisionMatch, DecisionOutcome, DecisionPort, Instant, Json, Variables, VariableScope } from '@baton/engine';
import { toJson } from '@baton/expressions';
import { CompiledModel } from './compile-model.js';
import type { DmnModel } from './model.js';

const compiledModels = new WeakMap<DmnModel, CompiledModel>();

/** A model is compiled once and kept as long as the model itself. */
function compiled(model: DmnModel): CompiledModel {
  let found = compiledModels.get(model);
  if (!found) compiledModels.set(model, (found = new CompiledModel(model)));
  return found;
}

/**
 * Make one decision of a model.
 *
 * @param decisionId  Its id; of a decision without one, its name.
 * @param now  What `now()` and `today()` mean in its expressions.
 * @throws EvaluationFailed  `decision-not-found`, `dmn-hit-policy`, `expression-failed` …
 */
export function decide(model: DmnModel, decisionId: string, variables: Variables, now: Instant): DecisionOutcome {
  const get = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined);
  return evaluate(model, decisionId, { get, names: () => Object.keys(variables), now });
}

/** The decisions of some models, as the engine asks for them. Which version a binding means is the caller's choice of models. */
export function decisionPort(models: Iterable<DmnModel>): DecisionPort {
  const known = [...models];
  return {
    evaluate(decisionId, _binding, scope) {
      const model = known.find((candidate) => compiled(candidate).find(decisionId) !== undefined);
      if (!model) throw notFound(decisionId, known);
      return evaluate(model, decisionId, scope);
    },
  };
}

function evaluate(model: DmnModel, decisionId: string, scope: VariableScope): DecisionOutcome {
  const graph = compiled(model);
  const decision = graph.find(decisionId);
  if (!decision) throw notFound(decisionId, [model]);

  const matches: DecisionMatch[] = [];
  let rows: readonly Variables[] = [];
  const value = graph.make(decision, {
    now: scope.now,
    variable: (name) => scope.get(name),
    results: new Map(),
    made(made, result, trace) {
      const json = toJson(result);
      matches.push({
        decisionId: made.id,
        decisionName: made.name,
        inputs: trace?.inputs ?? {},
        ruleIds: trace?.ruleIds ?? [],
        value: json,
      });
      if (made === decision) rows = trace?.rows ?? [rowOf(json, made.variable ?? made.name)];
    },
  });
  return { decisionId: decision.id, value: toJson(value), rows, matches };
}

function rowOf(value: Json, name: string): Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Variables) : { [name]: value };
}

function notFound(decisionId: string, models: readonly DmnModel[]): EvaluationFailed {
  const known = models.flatMap(({ decisions }) => decisions.map(({ id }) => id)).slice(0, 20);
  return new EvaluationFailed('decision-not-found', `There is no decision "${decisionId}". Known: ${known.join(', ') || 'none'}.`);
}
