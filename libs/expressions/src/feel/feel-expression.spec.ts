import { EvaluationFailed, ExpressionInvalid } from '@baton/engine';
import type { Json, VariableScope, Variables } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { expressions, parseExpression, reads } from '../index.js';

// Features: M-13

const NOW = Date.parse('2026-03-01T09:00:00Z');

function scopeOf(variables: Variables): VariableScope {
  return { get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined), names: () => Object.keys(variables), now: NOW };
}

function feel(text: string, variables: Variables = {}): Json {
  return expressions.compile({ language: 'feel', text }).evaluate(scopeOf(variables)).value;
}

describe('FEEL', () => {
  it.each<[string, Variables, Json]>([
    ['amount > 500', { amount: 600 }, true],
    ['= amount > 500', { amount: 400 }, false],
    ['{ i: i + 1, amount: modulo(amount * 7 + 13, 1000) }', { i: 3, amount: 200 }, { i: 4, amount: 413 }],
    ['for x in xs return x * 2', { xs: [1, 2] }, [2, 4]],
    ['if count(items) > 1 then "many" else "one"', { items: ['a'] }, 'one'],
    [
      'order.lines[price > 10].name',
      {
        order: {
          lines: [
            { name: 'pen', price: 2 },
            { name: 'desk', price: 90 },
          ],
        },
      },
      ['desk'],
    ],
    ['missing', {}, null],
    ['missing > 5', {}, null],
    ['Invoice Amount + 1', { 'Invoice Amount': 2 }, 3],
    ['x // the value\n', { x: 1 }, 1],
  ])('%s', (text, variables, expected) => {
    expect(feel(text, variables)).toEqual(expected);
  });

  it('takes now and today from the command, not from a clock', () => {
    expect(feel('now()')).toBe('2026-03-01T09:00:00Z');
    expect(feel('today() + duration("P1D")')).toBe('2026-03-02');
  });

  it('gives dates, times and durations back as text', () => {
    expect(feel('[date("2026-02-28") + duration("P1D"), time("10:00:00"), duration("PT90M")]')).toEqual([
      '2026-03-01',
      '10:00:00',
      'PT1H30M',
    ]);
  });

  it('says what an expression read, and warns of what is not there', () => {
    const { reads: read, warnings } = expressions.compile({ language: 'feel', text: 'a + b' }).evaluate(scopeOf({ a: 1 }));

    expect(read).toEqual({ a: 1 });
    expect(warnings.join(' ')).toContain("Variable 'b' not found");
  });

  it('gives each evaluation its own warnings', () => {
    const compiled = expressions.compile({ language: 'feel', text: 'b' });
    const first = compiled.evaluate(scopeOf({}));
    compiled.evaluate(scopeOf({ b: 1 }));

    expect(first.warnings).toHaveLength(1);
    expect(compiled.evaluate(scopeOf({ b: [] })).warnings).toEqual([]);
  });

  it.each(['constructor.constructor("return 1")()', '__proto__', 'a.__proto__', 'a.constructor', 'a["constructor"].constructor'])(
    'reaches no host object: %s',
    (text) => {
      expect(feel(text, { a: {} }) ?? null).toSatisfy((value: Json) => value === null || (Array.isArray(value) && value.length === 0));
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    },
  );

  it.each<[string, string[]]>([
    ['amount > limit', ['amount', 'limit']],
    ['for x in list return x + y', ['list', 'y']],
    ['some x in list, z in x satisfies z = w', ['list', 'w']],
    ['{ i: i + 1, j: i }', ['i']],
    ['function(a) a + b', ['b']],
    ['order.amount', ['order']],
    ['sum(prices) + string length(name)', ['prices', 'name']],
    ['count > 3', ['count']],
  ])('reads of %s', (text, names) => {
    expect(reads({ language: 'feel', text })).toEqual(names);
  });
});

describe('typical mistakes get a message with their place', () => {
  it.each<[text: string, says: RegExp, line: number, column: number]>([
    ['a && b', /FEEL writes "and"/, 1, 3],
    ['a ||b', /FEEL writes "or"/, 1, 3],
    ['!a', /FEEL writes not/, 1, 1],
    ["name = 'Ada'", /double quotes/, 1, 8],
    ['${amount}', /JUEL/, 1, 1],
    ['a == 1', /"==" is not a FEEL operator: write =/, 1, 3],
    ['a => 1', /write >=/, 1, 3],
    ['a <> 1', /write !=/, 1, 3],
    ['> 5', /nothing on its left side/, 1, 1],
    ['a +', /not complete/, 1, 4],
    ['if a then b', /not complete/, 1, 12],
    ['"abc', /never ends/, 1, 1],
    ['a +\n  * 2', /Unexpected/, 2, 3],
    ['foo(1', /not complete/, 1, 6],
    ['', /empty/, 1, 1],
  ])('%s', (text, says, line, column) => {
    const error = refused(text);

    expect(error.code).toBe('feel-syntax');
    expect(error.message).toMatch(says);
    expect({ line: error.line, column: error.column }).toEqual({ line, column });
  });

  it('does not fall over when an expression never ends', () => {
    const recursion = '{ f: function(g) g(g), x: f(f) }.x';

    expect(() => feel(recursion)).toThrowError(EvaluationFailed);
  });

  it('refuses loops that are long by their text, and texts that are too long', () => {
    expect(refused('for i in 1..3000000 return i').code).toBe('feel-limit');
    expect(refused('for a in 1..1000 return for b in 1..1000 return a').code).toBe('feel-limit');
    expect(refused('for i in -5..(3000 * 1000) return i').code).toBe('feel-limit');
    expect(refused('some a in 1..1000, b in 1..1000 satisfies a = b').code).toBe('feel-limit');
    expect(refused('1 + '.repeat(2000) + '1').code).toBe('expression-too-long');
    expect(refused('('.repeat(2000) + '1' + ')'.repeat(2000)).code).toBe('feel-limit');
  });
});

function refused(text: string): ExpressionInvalid {
  try {
    parseExpression({ language: 'feel', text });
  } catch (error) {
    if (error instanceof ExpressionInvalid) return error;
    throw error;
  }
  throw new Error(`Expected "${text}" to be refused.`);
}
