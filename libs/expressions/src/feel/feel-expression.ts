import { EvaluationFailed } from '@baton/engine';
import type { Evaluation, Json, VariableScope } from '@baton/engine';
import type { ParsedExpression } from '../parsed-expression.js';
import { readVariables } from '../own-value.js';
import { isBuiltin } from './builtins.js';
import { compileClosure } from './closures.js';
import { compileFeel } from './compile-feel.js';
import { toJson } from './feel-values.js';

const NOTHING: readonly string[] = Object.freeze([]);

/**
 * A FEEL expression of a process. A leading `=` is allowed.
 *
 * An unknown variable is null, with a warning, as FEEL says. `now()` and `today()` are the command's time.
 */
export function feelExpression(source: string): ParsedExpression {
  const text = withoutEquals(source);
  const compiled = compileFeel(text);
  const closure = compileClosure(text, compiled.tree);
  const names = [...compiled.reads, ...compiled.calls.filter((name) => !isBuiltin(name))];

  return {
    reads: names,
    compiled: {
      evaluate(scope: VariableScope): Evaluation {
        const fast = closure?.(scope);
        if (fast !== undefined && isStorable(fast)) return { value: fast, reads: readVariables(names, scope), warnings: NOTHING };
        return evaluateFully(scope);
      },
    },
  };

  function evaluateFully(scope: VariableScope): Evaluation {
    const reads = readVariables(names, scope);
    try {
      const { value, warnings: said } = compiled.evaluate((name) => scope.get(name), scope.now);
      const warnings = [...said];
      return { value: toJson(value, warnings), reads, warnings };
    } catch (error) {
      throw new EvaluationFailed('expression-failed', `"${text}" could not be evaluated: ${(error as Error).message}`, reads);
    }
  }
}

/** The leading `=` becomes a space: places in messages stay those of the file. */
function withoutEquals(source: string): string {
  return source.replace(/^(\s*)=(?!=)/, '$1 ');
}

/** A sum can leave the numbers; what FEEL does then is feelin's to say. Contexts look at their own entries. */
function isStorable(value: Json): boolean {
  return typeof value !== 'number' || Number.isFinite(value);
}
