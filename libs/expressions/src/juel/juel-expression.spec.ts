import { EvaluationFailed, ExpressionInvalid } from '@baton/engine';
import type { Json, VariableScope, Variables } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { expressions, reads } from '../index.js';

// Features: M-13

const NOW = Date.parse('2026-01-31T09:00:00Z');

function scopeOf(variables: Variables): VariableScope {
  return { get: (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined), names: () => Object.keys(variables), now: NOW };
}

function juel(text: string, variables: Variables = {}): Json {
  return expressions.compile({ language: 'juel', text }).evaluate(scopeOf(variables)).value;
}

describe('JUEL', () => {
  it.each<[string, Variables, Json]>([
    ['${approved}', { approved: true }, true],
    ['#{!approved}', { approved: true }, false],
    ['${amount > 1000 && category == "Travel"}', { amount: 1200, category: 'Travel' }, true],
    ["${amount gt 1000 and not (category eq 'Misc')}", { amount: 1200, category: 'Travel' }, true],
    ['${a or b}', { a: false, b: true }, true],
    ['${1 + 2 * 3 - 4 / 2}', {}, 5],
    ['${10 mod 3}', {}, 1],
    ['${-x}', { x: 2 }, -2],
    ['${x == null ? "none" : x}', { x: null }, 'none'],
    ['${empty list}', { list: [] }, true],
    ['${empty text || text.length() < 3}', { text: 'ab' }, true],
    ['${order.lines[1].name}', { order: { lines: [{ name: 'a' }, { name: 'b' }] } }, 'b'],
    ['${order["key with spaces"]}', { order: { 'key with spaces': 7 } }, 7],
    ['${order.missing}', { order: {} }, null],
    ['${"12" + 3}', {}, 15],
    ['${"5" == 5}', {}, true],
    ['Order ${id} of ${name}', { id: 5, name: 'Ada' }, 'Order 5 of Ada'],
    ['accounting', {}, 'accounting'],
    ['\\${not an expression}', {}, '${not an expression}'],
    ['${name.toUpperCase().startsWith("A")}', { name: 'ada' }, true],
    ['${groups.contains("sales")}', { groups: ['accounting', 'sales'] }, true],
    ['${groups.size()}', { groups: ['accounting', 'sales'] }, 2],
    ['${groups.get(0)}', { groups: ['accounting', 'sales'] }, 'accounting'],
    ["${execution.getVariable('x') == null}", {}, true],
    ["${execution.getVariable('x')}", { x: 4 }, 4],
    ["${execution.hasVariable('x') && x > 3}", { x: 4 }, true],
    ['${false && unknown}', {}, false],
  ])('%s', (text, variables, expected) => {
    expect(juel(text, variables)).toEqual(expected);
  });

  it('counts dates from the command and gives them out as text', () => {
    expect(juel('${dateTime().plusWeeks(1).toDate()}')).toBe('2026-02-07T09:00:00.000Z');
    expect(juel('${dateTime().plusMonths(1)}')).toBe('2026-02-28T09:00:00.000Z');
    expect(juel('${now().plusDays(2).plusHours(1).plusMinutes(30)}')).toBe('2026-02-02T10:30:00.000Z');
    expect(juel('due ${now()}')).toBe('due 2026-01-31T09:00:00.000Z');
    expect(juel('${now() < due}', { due: '2027-01-01' })).toBe(true);
  });

  it('names an unknown variable, and what it had read', () => {
    const compiled = expressions.compile({ language: 'juel', text: '${a && clarified}' });
    const failure = failureOf(() => compiled.evaluate(scopeOf({ a: true })));

    expect(failure.code).toBe('expression-failed');
    expect(failure.message).toContain('"clarified"');
    expect(failure.reads).toEqual({ a: true });
  });

  it.each(['${text.plusDays(1)}', '${list + 1}', '${text.size()}', '${1 / 0}', '${now().plusDays(0.5)}', '${now().plusYears(999999)}'])(
    'fails clearly: %s',
    (text) => {
      expect(failureOf(() => juel(text, { text: 'abc', list: [] })).code).toBe('expression-failed');
    },
  );

  it.each(['${a.__proto__}', '${a.constructor}', '${a["__proto__"]}', '${a.toString}'])('reaches no host object: %s', (text) => {
    expect(juel(text, { a: {} })).toBeNull();
  });

  it('does not read reserved names', () => {
    expect(failureOf(() => juel('${constructor}')).message).toContain('"constructor"');
    expect(failureOf(() => juel('${__proto__}')).message).toContain('"__proto__"');
  });

  it.each<[string, string[]]>([
    ['${a.b[c] > d.size()}', ['a', 'c', 'd']],
    ["${execution.getVariable('x')} ${y}", ['x', 'y']],
    ['plain', []],
    ['${dateTime().plusDays(n)}', ['n']],
  ])('reads of %s', (text, names) => {
    expect(reads({ language: 'juel', text })).toEqual(names);
  });
});

describe('typical mistakes get a message with their place', () => {
  it.each<[text: string, code: string, says: RegExp, line: number, column: number]>([
    ['${a', 'juel-syntax', /never ends: expected "}"/, 1, 3],
    ['${}', 'juel-syntax', /Expected a value, but found "}"/, 1, 3],
    ['${a = 1}', 'juel-syntax', /written ==/, 1, 5],
    ['${a & b}', 'juel-syntax', /written &&/, 1, 5],
    ['${a ? 1}', 'juel-syntax', /Expected ":"/, 1, 8],
    ["${a == 'x}", 'juel-syntax', /never ends/, 1, 8],
    ['${(a}', 'juel-syntax', /Expected "\)"/, 1, 5],
    ['${a b}', 'juel-syntax', /Expected an operator or "}"/, 1, 5],
    ['${a.}', 'juel-syntax', /name of a property/, 1, 5],
    ['Hello\n ${a +}', 'juel-syntax', /Expected a value/, 2, 7],
    ['${bean.book(execution)}', 'juel-unsupported', /no method "book"/, 1, 8],
    ['${currentUser()}', 'juel-unsupported', /no function "currentUser"/, 1, 3],
    ['${execution.id}', 'juel-unsupported', /getVariable/, 1, 3],
  ])('%s', (text, code, says, line, column) => {
    const error = refused(text);

    expect(error.code).toBe(code);
    expect(error.message).toMatch(says);
    expect({ line: error.line, column: error.column }).toEqual({ line, column });
  });

  it('bounds depth and length', () => {
    expect(refused(`\${${'('.repeat(500)}1${')'.repeat(500)}}`).code).toBe('juel-syntax');
    expect(refused(`\${${'!'.repeat(500)}a}`).code).toBe('juel-syntax');
    expect(refused('x'.repeat(5000)).code).toBe('expression-too-long');
  });
});

function refused(text: string): ExpressionInvalid {
  try {
    expressions.compile({ language: 'juel', text });
  } catch (error) {
    if (error instanceof ExpressionInvalid) return error;
    throw error;
  }
  throw new Error(`Expected "${text}" to be refused.`);
}

function failureOf(run: () => unknown): EvaluationFailed {
  try {
    run();
  } catch (error) {
    if (error instanceof EvaluationFailed) return error;
    throw error;
  }
  throw new Error('Expected the evaluation to fail.');
}
