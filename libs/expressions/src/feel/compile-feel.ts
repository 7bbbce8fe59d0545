import type { Instant } from '@baton/engine';
import { ExpressionInvalid } from '@baton/engine';
import { dateAndTime, evaluate, isFunction, parseDate } from 'feelin';
import { isReserved } from '../own-value.js';
import { freeNames } from './free-names.js';
import { parseFeel } from './parse-feel.js';
import type { FeelNode } from './feel-tree.js';

/** `value` is feelin's own: JSON, or its dates, durations, ranges and functions. */
export interface FeelResult {
  readonly value: unknown;
  readonly warnings: readonly string[];
}

export interface CompiledFeel {
  /** Names whose values the expression reads. */
  readonly reads: readonly string[];
  /** Names it only calls: functions of the language or of the context. */
  readonly calls: readonly string[];
  readonly tree: FeelNode;
  /** `lookup` gives a FEEL value, or `undefined` for an unknown name: null in FEEL, or the language's function of that name. */
  evaluate(lookup: (name: string) => unknown, now: Instant): FeelResult;
}

/**
 * Compile FEEL to a function that is called again and again.
 *
 * feelin parses on each evaluation. Wrapped in a FEEL function whose parameters are the names it reads, the text is
 * parsed once and its closure kept: about a hundred times faster. Names are split by the text and `context` alone, never by run-time values,
 * so an expression means the same for every instance.
 *
 * @throws ExpressionInvalid  as `parseFeel`, and `feel-unsupported` for what feelin does not implement.
 */
export function compileFeel(text: string, context: Readonly<Record<string, unknown>> = {}): CompiledFeel {
  const tree = parseFeel(text, 'expression', context);
  const names = freeNames(text, tree);
  const reads = names.read.filter((name) => !isReserved(name));
  const calls = names.called.filter((name) => !isReserved(name));
  let instant: Instant = 0;
  const clock = {
    now: () => dateAndTime(new Date(instant).toISOString()),
    today: () => parseDate(new Date(instant).toISOString().slice(0, 10)),
  };
  const parameters = [...reads, ...calls].filter((name) => name !== 'now' && name !== 'today');
  const { fn, warnings } = build(text, parameters, { ...context, ...clock });
  return {
    reads,
    calls,
    tree,
    evaluate(lookup, now) {
      instant = now;
      warnings.length = 0;
      const value: unknown = fn(...parameters.map(lookup));
      return { value, warnings: warnings.map((warning) => warning.message) };
    },
  };
}

function build(text: string, parameters: readonly string[], context: Readonly<Record<string, unknown>>) {
  try {
    // The text stands on lines of its own, so that a comment at its end cannot swallow the bracket.
    const { value, warnings } = evaluate(`function(${parameters.join(', ')}) (\n${text}\n)`, { ...context });
    if (isFunction(value)) return { fn: value.fn, warnings };
  } catch (error) {
    // feelin calculates constants while it builds, and some of its functions are not there yet.
    throw new ExpressionInvalid('feel-unsupported', (error as Error).message);
  }
  throw new ExpressionInvalid('feel-unsupported', 'The expression cannot be compiled.');
}
