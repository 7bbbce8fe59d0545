import type { Instance, Key } from './instance.js';
import type { Json, Variables } from './json.js';
import type { Expression, Mapping } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Evaluation } from './ports.js';
import type { Run } from './run.js';
import { ScopeView } from './scope-view.js';
import { NO_VARIABLES, setOwn } from './variables.js';

/** Evaluates expressions as one scope sees the variables. */
export class Evaluator {
  constructor(
    readonly run: Run,
    private readonly seenFrom: Key,
  ) {}

  get instance(): Instance {
    return this.run.instance;
  }

  /** The innermost scope that is seen. */
  get innerScope(): Key {
    return this.seenFrom;
  }

  /**
   * `nearest` lies before the variables of all scopes.
   *
   * @throws EvaluationFailed whatever went wrong in the expression.
   */
  evaluate(expression: Expression, nearest?: Variables): Evaluation {
    if (expression.language === 'literal') return { value: expression.text, reads: NO_VARIABLES, warnings: [] };
    const compiled = this.run.process.expressions.get(expression);
    if (compiled === undefined) throw new Error(`Expected “${expression.text}” to be compiled, but it is not.`);
    try {
      return compiled.evaluate(new ScopeView(this.instance, this.innerScope, nearest));
    } catch (error) {
      if (error instanceof EvaluationFailed) throw error;
      throw new EvaluationFailed(
        'expression-failed',
        `“${expression.text}” failed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** The value of an expression; where there is none, null. */
  value(expression: Expression | undefined, nearest?: Variables): Json {
    if (expression === undefined) return null;
    return expression.language === 'literal' ? expression.text : this.evaluate(expression, nearest).value;
  }

  /** Evaluate mappings in order; a later one sees what an earlier one gave. */
  map(mappings: readonly Mapping[], from: Variables = NO_VARIABLES): Variables {
    const mapped: Record<string, Json> = {};
    let seen: Variables = from;
    for (const { source, target } of mappings) {
      const value = this.value(source, seen);
      setOwn(mapped, target, value);
      seen = { ...from, ...mapped };
    }
    return mapped;
  }
}
