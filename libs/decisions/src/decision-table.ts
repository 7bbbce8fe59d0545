import { compileFeel, compileUnaryTests, toJson } from '@baton/expressions';
import type { Json } from '@baton/engine';
import { applyHitPolicy } from './hit-policy.js';
import type { Compiled, Compiler, Shape } from './compile-boxed.js';
import type { DecisionTable, TableOutput, Text } from './model.js';

/** The values of one matched rule, in the order of the table's outputs. */
export interface MatchedRule {
  readonly id: string;
  /** From 1, as the table is read. */
  readonly number: number;
  readonly outputs: readonly unknown[];
}

/**
 * A decision table: every rule whose cells all accept their inputs, combined by the hit policy.
 *
 * Source: DMN 1.5, chapter 8.2 (decision tables), 8.2.8 (default outputs), 8.2.10 (hit policies).
 */
export function compileTable(table: DecisionTable, compiler: Compiler, shape: Shape): Compiled {
  const inputs = table.inputs.map(({ expression, typeRef, label }) => ({ label, typeRef, value: compiler.text(expression, shape) }));
  const rules = table.rules.map((rule, index) => ({
    id: rule.id,
    number: index + 1,
    tests: rule.tests.map((test) => compiler.guarded(test, () => compileUnaryTests(test.text, shape).test)),
    outputs: rule.outputs.map((output) => (output.text === '' ? () => null : compiler.text(output, shape))),
  }));
  const defaults = table.outputs.map((output) => (output.default ? compiler.text(output.default, shape) : null));
  const priorities = table.outputs.map((output) => priorityOf(output, compiler));
  const names = outputNames(table.outputs);

  return (scope) => {
    const lookup = (name: string) => scope.lookup(name);
    const values = inputs.map(({ value, typeRef }) => compiler.types.toFeel(value(scope), typeRef));
    const matched: MatchedRule[] = [];
    for (const { id, number, tests, outputs } of rules) {
      if (!tests.every((test, index) => test(values[index] ?? null, lookup, scope.now))) continue;
      matched.push({
        id,
        number,
        outputs: outputs.map((output, index) => compiler.types.conform(output(scope), table.outputs[index]?.typeRef)),
      });
      if (table.hitPolicy === 'FIRST') break;
    }
    const fallback =
      matched.length === 0 && defaults.some((value) => value !== null) ? defaults.map((value) => value?.(scope) ?? null) : null;
    const { value, used, rows } = applyHitPolicy(table, matched, fallback, names, priorities);
    scope.observe?.({
      inputs: Object.fromEntries(inputs.map(({ label }, index) => [label, toJson(values[index])])),
      ruleIds: used.map(({ id }) => id),
      rows: rows.map((row) => toJson(row) as Readonly<Record<string, Json>>),
    });
    return value;
  };
}

/** An output without a name is called `result`; of several, by its place. */
export function outputNames(outputs: readonly TableOutput[]): readonly string[] {
  return outputs.map(({ name }, index) => name ?? (outputs.length === 1 ? 'result' : `result ${index + 1}`));
}

/** The output's values from high to low priority. */
function priorityOf(output: TableOutput, compiler: Compiler): readonly unknown[] {
  return output.values ? listValues(output.values, compiler) : [];
}

/** The values a list of unary tests names, as far as they are values: `"a", "b"` → a, b. */
export function listValues(text: Text, compiler: Compiler): readonly unknown[] {
  const evaluate = compiler.guarded(text, () => compileFeel(`[${text.text}]`).evaluate);
  const list = evaluate(() => undefined, 0).value;
  return Array.isArray(list) ? list : [];
}
