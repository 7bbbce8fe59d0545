import { EvaluationFailed } from '@baton/engine';
import { toJson } from '@baton/expressions';
import type { MatchedRule } from './decision-table.js';
import type { DecisionTable } from './model.js';

interface Outcome {
  readonly value: unknown;
  /** The rules that gave it. */
  readonly used: readonly MatchedRule[];
  /** One per used rule (or default), output name → value. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/**
 * Combine the matched rules. One output gives a bare value, several a context; list policies give a list.
 *
 * @throws EvaluationFailed  `dmn-hit-policy` when the policy forbids what matched.
 */
export function applyHitPolicy(
  table: DecisionTable,
  matched: readonly MatchedRule[],
  fallback: readonly unknown[] | null,
  names: readonly string[],
  priorities: readonly (readonly unknown[])[],
): Outcome {
  const rowOf = (outputs: readonly unknown[]) => Object.fromEntries(names.map((name, index) => [name, outputs[index] ?? null]));
  const valueOf = (outputs: readonly unknown[]) => (outputs.length === 1 ? outputs[0] : rowOf(outputs));
  const one = (rule: MatchedRule | undefined): Outcome => {
    if (rule) return { value: valueOf(rule.outputs), used: [rule], rows: [rowOf(rule.outputs)] };
    return fallback ? { value: valueOf(fallback), used: [], rows: [rowOf(fallback)] } : { value: null, used: [], rows: [] };
  };
  const all = (rules: readonly MatchedRule[]): Outcome => {
    if (rules.length === 0 && fallback) return { value: [valueOf(fallback)], used: [], rows: [rowOf(fallback)] };
    return { value: rules.map(({ outputs }) => valueOf(outputs)), used: rules, rows: rules.map(({ outputs }) => rowOf(outputs)) };
  };

  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (matched.length > 1) throw violated(`Rules ${numbers(matched)} match, but hit policy UNIQUE allows one.`);
      return one(matched[0]);
    case 'ANY':
      if (matched.some(({ outputs }) => !isSame(outputs, matched[0]?.outputs))) {
        throw violated(`Rules ${numbers(matched)} match with different results, but hit policy ANY wants them equal.`);
      }
      return one(matched[0]);
    case 'FIRST':
      return one(matched[0]);
    case 'PRIORITY':
      return one(byPriority(matched, priorities)[0]);
    case 'RULE ORDER':
      return all(matched);
    case 'OUTPUT ORDER':
      return all(byPriority(matched, priorities));
    case 'COLLECT': {
      if (!table.aggregation) return all(matched);
      if (matched.length === 0 && fallback) return one(undefined);
      const value = aggregate(table.aggregation, matched);
      return { value, used: matched, rows: [rowOf([value])] };
    }
    default:
      throw violated(`"${String(table.hitPolicy)}" is not a hit policy.`);
  }
}

function aggregate(aggregation: NonNullable<DecisionTable['aggregation']>, matched: readonly MatchedRule[]): unknown {
  if (aggregation === 'COUNT') return matched.length;
  const values = matched.map(({ outputs }) => outputs[0]);
  if (values.length === 0) return null;
  if (!values.every((value) => typeof value === 'number')) {
    throw violated(`Hit policy COLLECT ${aggregation} needs numbers, but rules ${numbers(matched)} give something else.`);
  }
  if (aggregation === 'SUM') return values.reduce((sum, value) => sum + value, 0);
  return aggregation === 'MIN' ? Math.min(...values) : Math.max(...values);
}

/** By the first output's priority, then the next; rules of equal priority keep their order. A value outside the list comes last. */
function byPriority(matched: readonly MatchedRule[], priorities: readonly (readonly unknown[])[]): readonly MatchedRule[] {
  const rank = (rule: MatchedRule, output: number) => {
    const index = priorities[output]?.findIndex((value) => isSame(value, rule.outputs[output])) ?? -1;
    return index === -1 ? Number.MAX_SAFE_INTEGER : index;
  };
  return matched.toSorted((a, b) => {
    for (let output = 0; output < priorities.length; output++) {
      const difference = rank(a, output) - rank(b, output);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(toJson(a)) === JSON.stringify(toJson(b));
}

function numbers(rules: readonly MatchedRule[]): string {
  return rules.map(({ number }) => number).join(', ');
}

function violated(message: string): EvaluationFailed {
  return new EvaluationFailed('dmn-hit-policy', message);
}
