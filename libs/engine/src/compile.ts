import { expressionsOf, timerOf } from './expressions-of.js';
import { ModelInvalid } from './model-invalid.js';
import type { ModelProblem } from './model-invalid.js';
import type { BoundaryEventModel, ElementId, ElementModel, Expression, ProcessModel } from './model.js';
import { EvaluationFailed, ExpressionInvalid } from './ports.js';
import type { CompiledExpression, ExpressionPort, Ports } from './ports.js';
import type { Element, Flow, Process } from './process.js';
import { behaviors } from './registry.js';
import { firstFiring } from './timers/timer.js';
import { findReachProblems } from './validate/reach.js';
import { findStructureProblems } from './validate/structure.js';

/**
 * Make a model ready to run: check it, link its elements, compile every expression once.
 *
 * @throws ModelInvalid with every finding at once.
 */
export function compile(model: ProcessModel, ports: Ports): Process {
  const problems: ModelProblem[] = [...findStructureProblems(model)];
  const expressions = compileExpressions(model, ports.expressions, problems);
  problems.push(...findTimerProblems(model));
  // Links make sense, and so does asking what can be reached, only between ends that exist.
  if (problems.some(({ code }) => code === 'bpmn-invalid')) throw new ModelInvalid(problems);

  const byId = link(model);
  const elements = [...byId.values()];
  const starts = startsOf(elements, undefined);
  problems.push(...findReachProblems(elements));
  if (problems.length > 0) throw new ModelInvalid(problems);

  const process = { id: model.id, model, elements, byId, starts, expressions };
  return ports.decisions === undefined ? process : { ...process, decisions: ports.decisions };
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
    const timer = timerOf(element);
    if (timer === undefined || timer.expression.language !== 'literal') continue;
    try {
      firstFiring(timer.kind, timer.expression.text, 0);
    } catch (error) {
      if (!(error instanceof EvaluationFailed)) throw error;
      problems.push({ code: error.code, elementId: element.id, message: error.message });
    }
  }
  return problems;
}

/** Only here are an element's lists still open. */
interface OpenElement extends Element {
  readonly incoming: Flow[];
  readonly outgoing: Flow[];
  readonly boundaries: Element<BoundaryEventModel>[];
  hasConditions: boolean;
  starts: readonly Element[];
}

function link(model: ProcessModel): ReadonlyMap<ElementId, Element> {
  const byId = new Map<ElementId, OpenElement>();
  for (const element of model.elements) byId.set(element.id, open(element));

  for (const flow of model.flows) {
    const [source, target] = [byId.get(flow.source)!, byId.get(flow.target)!];
    const linked: Flow = { id: flow.id, model: flow, source, target, isDefault: defaultFlowOf(source.model) === flow.id };
    source.outgoing.push(linked);
    target.incoming.push(linked);
    if (flow.condition !== undefined && source.model.kind !== 'parallelGateway') source.hasConditions = true;
  }
  const elements = [...byId.values()];
  for (const element of elements) {
    if (isBoundary(element)) byId.get(element.model.attachedTo)!.boundaries.push(element);
    if (element.model.kind === 'subProcess') element.starts = startsOf(elements, element.id);
  }
  return byId;
}

function isBoundary(element: Element): element is Element<BoundaryEventModel> {
  return element.model.kind === 'boundaryEvent';
}

/** Always the same members in the same order: what reads them stays fast. */
function open(model: ElementModel): OpenElement {
  return {
    id: model.id,
    model,
    behavior: behaviors[model.kind],
    incoming: [],
    outgoing: [],
    hasConditions: false,
    boundaries: [],
    starts: [],
    inputs: 'inputs' in model && model.inputs!.length > 0 ? model.inputs : undefined,
    outputs: 'outputs' in model && model.outputs!.length > 0 ? model.outputs : undefined,
  };
}

function defaultFlowOf(model: ElementModel): string | undefined {
  return 'defaultFlow' in model ? model.defaultFlow : undefined;
}

/** None start events; where a level has no start event at all, every element no flow leads to. */
function startsOf(elements: readonly Element[], parent: ElementId | undefined): readonly Element[] {
  const level = elements.filter(({ model }) => model.parent === parent);
  const hasStartEvent = level.some(({ model }) => model.kind === 'startEvent');
  if (!hasStartEvent) return level.filter(({ model, incoming }) => model.kind !== 'boundaryEvent' && incoming.length === 0);
  return level.filter(({ model }) => model.kind === 'startEvent' && model.event.type === 'none');
}
