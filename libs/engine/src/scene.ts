import type { ElementInstance, Instance, Key } from './instance.js';
import type { Json, Variables } from './json.js';
import type { ElementModel, Expression, Mapping } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Evaluation } from './ports.js';
import type { Element, Flow } from './process.js';
import type { Run } from './run.js';
import { chooseFlows } from './routing.js';
import { ScopeView, visibleVariables } from './scope-view.js';
import { isEmpty, NO_VARIABLES, setOwn } from './variables.js';

/** A behavior's whole view of the world, and every move it may make: one visit to one element. */
export class Scene<M extends ElementModel = ElementModel> {
  /** Is the work done, so that only the way out can still fail? */
  private isLeaving = false;

  constructor(
    readonly run: Run,
    readonly element: Element<M>,
    readonly key: Key,
    /** The scope the element lies in. */
    readonly scope: Key,
  ) {}

  get model(): M {
    return this.element.model;
  }

  get instance(): Instance {
    return this.run.instance;
  }

  get token(): ElementInstance {
    return this.run.instance.elements[this.key]!;
  }

  /** The innermost scope the element sees: its own, where it has one. */
  get innerScope(): Key {
    return this.run.instance.scopes[this.key] === undefined ? this.scope : this.key;
  }

  get variables(): Variables {
    return visibleVariables(this.instance, this.innerScope);
  }

  /** @throws EvaluationFailed whatever went wrong in the expression. */
  evaluate(expression: Expression, nearest?: Variables, scope = this.innerScope): Evaluation {
    if (expression.language === 'literal') return { value: expression.text, reads: NO_VARIABLES, warnings: [] };
    const compiled = this.run.process.expressions.get(expression);
    if (compiled === undefined) throw new Error(`Expected an expression of ${this.element.id} to be compiled, but it is not.`);
    try {
      return compiled.evaluate(new ScopeView(this.instance, scope, nearest));
    } catch (error) {
      if (error instanceof EvaluationFailed) throw error;
      throw new EvaluationFailed(
        'expression-failed',
        `“${expression.text}” failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** The value of an expression; where there is none, null. */
  value(expression: Expression | undefined): Json {
    if (expression === undefined) return null;
    return expression.language === 'literal' ? expression.text : this.evaluate(expression).value;
  }

  /** Evaluate mappings in order; a later one sees what an earlier one gave. */
  map(mappings: readonly Mapping[], from: Variables = NO_VARIABLES): Variables {
    const mapped: Record<string, Json> = {};
    let seen: Variables = from;
    for (const { source, target } of mappings) {
      const { value } = this.evaluate(source, seen);
      setOwn(mapped, target, value);
      seen = { ...from, ...mapped };
    }
    return mapped;
  }

  /** Give the element its own scope, unless it has one already. */
  openScope(variables: Variables): void {
    if (this.instance.scopes[this.key] !== undefined) return;
    this.run.emit({ type: 'scopeOpened', scope: this.key, parent: this.scope, variables });
  }

  openInputs(inputs: readonly Mapping[]): void {
    if (this.instance.scopes[this.key] === undefined) this.openScope(this.map(inputs));
  }

  /** Write variables from here outwards (`docs/decisions/0012`). */
  write(variables: Variables): void {
    this.run.write(this.innerScope, variables);
  }

  /** The work is done: its results go in, and the token goes on. */
  complete(results: Variables = NO_VARIABLES): void {
    this.keep(results);
    this.leave();
  }

  /** An event came: its payload goes to the scope the event waits in, and the token goes on. */
  receive(payload: Variables): void {
    if (this.element.outputs === undefined) this.run.writeTo(this.scope, payload);
    else this.keep(payload);
    this.leave();
  }

  /** With output mappings results stay inside, for the mappings to read; without, they go out. */
  keep(results: Variables): void {
    if (isEmpty(results)) return;
    if (this.element.outputs === undefined) this.write(results);
    else if (this.instance.scopes[this.key] === undefined) this.openScope(results);
    else this.run.writeTo(this.key, results);
  }

  /** The way out: write the outputs, take the outgoing flows whose conditions say so. */
  leave(): void {
    this.isLeaving = true;
    const { outputs, hasConditions, outgoing } = this.element;
    if (outputs !== undefined) this.run.write(this.scope, this.map(outputs));
    this.depart(hasConditions ? chooseFlows(this) : outgoing);
  }

  /** End this visit and take these flows, in their order. */
  depart(flows: readonly Flow[], joined?: readonly Key[]): void {
    const { run, key, scope } = this;
    const elementId = this.element.id;
    run.emit(joined === undefined ? { type: 'elementCompleted', key, elementId } : { type: 'elementCompleted', key, elementId, joined });
    for (const flow of flows) run.take(flow, scope);
    if (flows.length === 0) run.endScopeIfEmpty(scope);
  }

  /** Stop here until a person has looked at it. */
  stop(code: string, message: string, reads?: Variables): void {
    this.run.emit({
      type: 'incidentCreated',
      incident: this.run.nextKey(),
      key: this.key,
      elementId: this.element.id,
      code,
      message,
      ...(reads === undefined || isEmpty(reads) ? {} : { reads }),
      ...(this.isLeaving ? { retry: 'leave' as const } : {}),
    });
  }

  /** Turn a failed evaluation into an incident. Any other exception is a bug and goes on. */
  fail(error: unknown): void {
    if (!(error instanceof EvaluationFailed)) throw error;
    this.stop(error.code, error.message, error.reads);
  }
}
