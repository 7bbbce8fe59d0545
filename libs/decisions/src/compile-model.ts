import { EvaluationFailed } from '@baton/engine';
import type { Instant } from '@baton/engine';
import { feelFunction } from '@baton/expressions';
import { Compiler, inner } from './compile-boxed.js';
import { outputNames } from './decision-table.js';
import { Types } from './types.js';
import type { Compiled, Scope, Shape, TableTrace } from './compile-boxed.js';
import type { DmnProblem } from './dmn-invalid.js';
import type { Decision, DecisionService, DmnModel, KnowledgeModel, Requirements } from './model.js';

/** One evaluation of a model: each decision is made once, whoever requires it. */
export interface Run {
  readonly now: Instant;
  /** Variables from outside; `undefined` where there is none. */
  readonly variable: (name: string) => unknown;
  /** Results by decision id, those already given included. */
  readonly results: Map<string, unknown>;
  /** Values of input data by id, where a decision service was called with them. */
  readonly inputs?: ReadonlyMap<string, unknown>;
  readonly made: (decision: Decision, value: unknown, trace: TableTrace | null) => void;
}

/** A model with all its texts compiled. */
export class CompiledModel {
  readonly compiler: Compiler;
  private readonly logic = new Map<string, Compiled>();

  constructor(readonly model: DmnModel) {
    this.compiler = new Compiler(new Types(model));
    for (const element of [...model.decisions, ...model.functions]) {
      if (element.logic) this.logic.set(element.id, this.compiler.compile(element.logic, this.shapeFor(element.requirements)));
    }
  }

  get problems(): readonly DmnProblem[] {
    return this.compiler.problems;
  }

  find(id: string): Decision | undefined {
    const { decisions } = this.model;
    return decisions.find((decision) => decision.id === id) ?? decisions.find((decision) => decision.name === id);
  }

  /**
   * Make a decision: required ones first.
   *
   * @throws EvaluationFailed  with the code of what failed; never for a cycle, which `parseDmn` refuses.
   */
  make(decision: Decision, run: Run): unknown {
    if (run.results.has(decision.id)) return run.results.get(decision.id);
    const bound = this.bind(decision.requirements, run);
    let trace: TableTrace | null = null;
    const scope: Scope = {
      now: run.now,
      lookup: (name) => (Object.hasOwn(bound, name) ? bound[name] : run.variable(name)),
      observe: (table) => (trace = table),
    };
    const logic = this.logic.get(decision.id);
    const value = this.compiler.types.conform(
      logic ? this.attempt(decision, () => logic(scope)) : run.variable(decision.variable ?? decision.name),
      decision.typeRef,
    );
    run.results.set(decision.id, value ?? null);
    run.made(decision, value ?? null, decision.logic?.kind === 'table' ? trace : null);
    return value ?? null;
  }

  private attempt<T>(decision: Decision, make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (error instanceof EvaluationFailed)
        throw new EvaluationFailed(error.code, `Decision "${decision.name}": ${error.message}`, error.reads);
      throw new EvaluationFailed('expression-failed', `Decision "${decision.name}" could not be evaluated: ${(error as Error).message}`);
    }
  }

  /** The values of what is required, by the names they are known under. */
  private bind(requirements: Requirements, run: Run): Record<string, unknown> {
    const { inputs, decisions, functions, services } = this.model;
    const bound: Record<string, unknown> = {};
    for (const input of inputs.filter(({ id }) => requirements.inputs.includes(id))) {
      bound[input.name] = run.inputs?.has(input.id)
        ? run.inputs.get(input.id)
        : this.compiler.types.toFeel(run.variable(input.name), input.typeRef);
    }
    for (const decision of decisions.filter(({ id }) => requirements.decisions.includes(id))) {
      Object.assign(bound, resultNames(decision, this.make(decision, run)));
    }
    for (const knowledge of functions.filter(({ id }) => requirements.functions.includes(id)))
      bound[knowledge.name] = this.functionOf(knowledge, run);
    for (const service of services.filter(({ id }) => requirements.functions.includes(id)))
      bound[service.name] = this.serviceAsFunction(service, run);
    return bound;
  }

  private functionOf(knowledge: KnowledgeModel, run: Run): unknown {
    const bound = this.bind(knowledge.requirements, run);
    return this.logic.get(knowledge.id)?.(inner({ now: run.now, lookup: () => undefined }, bound)) ?? null;
  }

  /** A service called from a text: its inputs come as parameters, input decisions first; one output is bare, several a context. */
  private serviceAsFunction(service: DecisionService, run: Run): unknown {
    const { inputs, decisions } = this.model;
    const givenDecisions = decisions.filter(({ id }) => service.inputDecisions.includes(id));
    const givenInputs = inputs.filter(({ id }) => service.inputs.includes(id));
    const outputs = decisions.filter(({ id }) => service.outputs.includes(id));
    const names = [...givenInputs.map(({ name }) => name), ...givenDecisions.map((decision) => decision.variable ?? decision.name)];
    return feelFunction((...values: unknown[]) => {
      const nested: Run = {
        ...run,
        variable: () => undefined,
        inputs: new Map(givenInputs.map(({ id }, index) => [id, values[index] ?? null])),
        results: new Map(givenDecisions.map(({ id }, index) => [id, values[givenInputs.length + index] ?? null])),
      };
      const results = outputs.map((decision) => [decision.variable ?? decision.name, this.make(decision, nested)] as const);
      return results.length === 1 ? results[0]?.[1] : Object.fromEntries(results);
    }, names);
  }

  /** What the names of an element's requirements look like. */
  private shapeFor(requirements: Requirements): Shape {
    const { inputs, decisions, functions, services } = this.model;
    const { types } = this.compiler;
    return {
      ...Object.fromEntries(
        inputs.filter(({ id }) => requirements.inputs.includes(id)).map(({ name, typeRef }) => [name, types.shapeOf(typeRef)]),
      ),
      ...Object.fromEntries(
        decisions
          .filter(({ id }) => requirements.decisions.includes(id))
          .map(({ variable, name, typeRef }) => [variable ?? name, types.shapeOf(typeRef)]),
      ),
      ...Object.fromEntries(
        [...functions, ...services].filter(({ id }) => requirements.functions.includes(id)).map(({ name }) => [name, null]),
      ),
    };
  }
}

/**
 * The names a required decision's result goes by: its variable's.
 *
 * Files that follow Camunda 7 have no variable; there the outputs' names are bound, and the decision's id and name.
 */
export function resultNames(decision: Decision, value: unknown): Record<string, unknown> {
  if (decision.variable !== undefined) return { [decision.variable]: value };
  const names: Record<string, unknown> = { [decision.id]: value, [decision.name]: value };
  if (decision.logic?.kind !== 'table') return names;
  const outputs = outputNames(decision.logic.outputs);
  for (const output of outputs) {
    const isContext = outputs.length > 1 && typeof value === 'object' && value !== null && !Array.isArray(value);
    names[output] = isContext ? ((value as Record<string, unknown>)[output] ?? null) : value;
  }
  return names;
}
