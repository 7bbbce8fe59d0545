import { expressionsOf, timersOf } from './expressions-of.js';
import { link } from './link.js';
import { ModelInvalid } from './model-invalid.js';
import type { ModelProblem } from './model-invalid.js';
import type { ElementId, Expression, ProcessModel } from './model.js';
import { EvaluationFailed, ExpressionInvalid } from './ports.js';
import type { CompiledExpression, ExpressionPort, Ports } from './ports.js';
import type { Process } from './process.js';
import { firstFiring } from './timers/timer.js';
import { findEventProblems } from './validate/events.js';
import { findReachProblems } from './validate/reach.js';
import { findStructureProblems } from './validate/structure.js';

/**
 * Make a model ready to run: check it, link its elements, compile every expression once.
 *
 * @throws ModelInvalid with every finding at once.
 */
export function compile(model: ProcessModel, ports: Ports): Process {
  const problems: ModelProblem[] = [...findStructureProblems(model), ...findEventProblems(model)];
  const expressions = compileExpressions(model, ports.expressions, problems);
  problems.push(...findTimerProblems(model));
  // Links make sense, and so does asking what can be reached, only between ends that exist.
  if (problems.some(({ code }) => code === 'bpmn-invalid')) throw new ModelInvalid(problems);

  const linked = link(model, ports);
  problems.push(...findReachProblems(linked.elements));
  if (problems.length > 0) throw new ModelInvalid(problems);

  const { decisions, instantJobs } = ports;
  const process = { id: model.id, model, ...linked, expressions, ...(instantJobs === undefined ? undefined : { instantJobs }) };
  return decisions === undefined ? process : { ...process, decisions };
}

function compileExpressions(
  model: ProcessModel,
  port: ExpressionPort,
  problems: ModelProblem[],
): ReadonlyMap<Expression, CompiledExpression> {
  const compiled = new Map<Expression, CompiledExpression>();
  const add = (elementId: ElementId, expression: Expression) => {
    if (expression.language === 'literal' || compiled.has(expression)) return;
    try {
      compiled.set(expression, port.compile(expression));
    } catch (error) {
      if (!(error instanceof ExpressionInvalid)) throw error;
      const { code, message, line, column } = error;
      problems.push({ code, elementId, message: `“${expression.text}”, line ${line}, column ${column}: ${message}` });
    }
  };
  for (const element of model.elements) for (const expression of expressionsOf(element)) add(element.id, expression);
  for (const { id, condition } of model.flows) if (condition !== undefined) add(id, condition);
  return compiled;
}

function findTimerProblems(model: ProcessModel): readonly ModelProblem[] {
  const problems: ModelProblem[] = [];
  for (const element of model.elements) {
    for (const timer of timersOf(element)) {
      if (timer.expression.language !== 'literal') continue;
      try {
        firstFiring(timer.kind, timer.expression.text, 0);
      } catch (error) {
        if (!(error instanceof EvaluationFailed)) throw error;
        problems.push({ code: error.code, elementId: element.id, message: error.message });
      }
    }
  }
  return problems;
}
