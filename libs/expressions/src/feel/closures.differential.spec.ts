import type { Json, VariableScope, Variables } from '@baton/engine';
import * as fc from 'fast-check';
import { evaluate } from 'feelin';
import { describe, expect, it } from 'vitest';
import { compileClosure } from './closures.js';
import { toJson } from './feel-values.js';
import { parseFeel } from './parse-feel.js';

/** feelin is the oracle: wherever a closure answers, it answers as feelin does. */
const names = ['a', 'b', 'c', 'd', 'missing', 'order.amount', 'order.missing'];
const operators = ['+', '-', '*', '/', '=', '!=', '<', '<=', '>', '>=', 'and', 'or'];
const value: fc.Arbitrary<Json> = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }) },
  { weight: 2, arbitrary: fc.boolean() },
  fc.constantFrom('x', 'y', ''),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant(null),
  fc.constant([1]),
);

const { expression } = fc.letrec<{ expression: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom(...names),
    fc.integer({ min: -20, max: 20 }).map(String),
    fc.constantFrom('true', 'false', 'null', '"x"', '1.5'),
  ),
  expression: fc.oneof(
    { maxDepth: 4 },
    tie('leaf'),
    fc
      .tuple(tie('expression'), fc.constantFrom(...operators), tie('expression'))
      .map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    fc
      .tuple(tie('expression'), tie('expression'), tie('expression'))
      .map((parts) => `(if ${parts.join(' # ')})`.replace('#', 'then').replace('#', 'else')),
    tie('expression').map((inner) => `not(${inner})`),
    fc.tuple(tie('expression'), tie('expression')).map(([left, right]) => `modulo(${left}, ${right})`),
    fc.tuple(tie('expression'), tie('expression')).map(([left, right]) => `{ p: ${left}, q: ${right} }`),
  ),
}));

function scopeOf(variables: Variables): VariableScope {
  return { get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined), names: () => Object.keys(variables), now: 0 };
}

/**
 * What feelin says. Nothing where it throws: `not(null < false)` takes the comparison for a range and fails on it, even behind a
 * `true or …` that decides without it.
 */
function oracle(text: string, variables: Variables): { readonly value: unknown } | undefined {
  try {
    return { value: evaluate(text, { ...variables }).value };
  } catch {
    return undefined;
  }
}

describe('compiled closures', () => {
  it('agree with feelin wherever they answer', () => {
    let answered = 0;
    fc.assert(
      fc.property(expression, value, value, value, value, (text, a, b, c, d) => {
        const variables: Variables = { a, b, c, d, order: { amount: 7 } };
        const closure = compileClosure(text, parseFeel(text));
        const fast = closure?.(scopeOf(variables));
        if (fast === undefined) return;
        const slow = oracle(text, variables);
        if (slow === undefined) return;
        answered++;
        expect(toJson(fast), `${text} with ${JSON.stringify(variables)}`).toEqual(toJson(slow.value));
      }),
      { numRuns: 2000 },
    );
    expect(answered).toBeGreaterThan(200);
  });

  it.each(['{ i: i + 1, amount: modulo(amount * 7 + 13, 1000) }', 'amount > 500', 'i < 100', 'not(done) and total.net >= 0.5'])(
    'take the hot expressions of the benchmarks: %s',
    (text) => {
      const closure = compileClosure(text, parseFeel(text));

      expect(closure?.(scopeOf({ i: 1, amount: 2, done: false, total: { net: 1 } }))).toBeDefined();
    },
  );

  it('leave alone what they do not know', () => {
    for (const text of ['[1, 2]', 'x in [1..2]', 'count(xs)', '{ a: 1, b: a }', 'a.b[1]', 'x between 1 and 2', '__proto__', '1e3']) {
      expect(compileClosure(text, parseFeel(text)), text).toBeNull();
    }
  });
});
