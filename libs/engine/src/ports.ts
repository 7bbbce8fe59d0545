import type { Json, Variables } from './json.js';
import type { Binding, Expression, Instant } from './model.js';

/** What an expression may see: the variables from its scope outwards, and the command's time. */
export interface VariableScope {
  /** The value of the nearest scope that has the name; `undefined` when none has. */
  get(name: string): Json | undefined;
  /** Every visible name, nearest first, without repeats. */
  names(): Iterable<string>;
  readonly now: Instant;
}

/** A value and how it came about. `reads` becomes part of the recorded reason. */
export interface Evaluation {
  readonly value: Json;
  readonly reads: Variables;
  readonly warnings: readonly string[];
}

export interface CompiledExpression {
  /** @throws EvaluationFailed when there is no value; the engine turns it into an incident. */
  evaluate(scope: VariableScope): Evaluation;
}

/** The languages, as the engine sees them. Implemented by `libs/expressions`. */
export interface ExpressionPort {
  /** @throws ExpressionInvalid with the place of the mistake. */
  compile(expression: Expression): CompiledExpression;
}

/** What a decision gave and which rules gave it. */
export interface DecisionOutcome {
  readonly decisionId: string;
  readonly version?: number;
  /** The value by DMN's hit policy: bare for one output, a context for several, a list for list policies. */
  readonly value: Json;
  /** One row per matched rule, output name → value. */
  readonly rows: readonly Variables[];
  /** Every decision evaluated on the way, required ones first. */
  readonly matches: readonly DecisionMatch[];
}

export interface DecisionMatch {
  readonly decisionId: string;
  readonly decisionName?: string;
  readonly inputs: Variables;
  readonly ruleIds: readonly string[];
  readonly value: Json;
}

/** Decisions, as the engine sees them. Implemented by `libs/decisions`. */
export interface DecisionPort {
  /** @throws EvaluationFailed with `decision-not-found`, `dmn-hit-policy` …; the engine turns it into an incident. */
  evaluate(decisionId: string, binding: Binding, scope: VariableScope): DecisionOutcome;
}

/** Everything `compile` may ask of the world outside the engine. */
export interface Ports {
  readonly expressions: ExpressionPort;
  readonly decisions?: DecisionPort;
  /** Job types that have nothing to do: their tasks are passed without a job. For benchmarks and simulation. */
  readonly instantJobs?: ReadonlySet<string>;
}

/** A text that is not an expression of its language. Reported at deploy, never at run time. */
export class ExpressionInvalid extends Error {
  override readonly name = 'ExpressionInvalid';

  constructor(
    /** Stable slug, e.g. `feel-syntax`. */
    readonly code: string,
    message: string,
    /** Both from 1, within the expression's own text. */
    readonly line = 1,
    readonly column = 1,
  ) {
    super(message);
  }
}

/** An expression or decision that gave no value. Not a crash: the element gets an incident with this code. */
export class EvaluationFailed extends Error {
  override readonly name = 'EvaluationFailed';

  constructor(
    readonly code: string,
    message: string,
    readonly reads: Variables = {},
  ) {
    super(message);
  }
}
