import { describe, expect, it } from 'vitest';
import { compileUnaryTests } from './unary-tests.js';

const variables: Readonly<Record<string, unknown>> = { limit: 10, allowed: ['a', 'b'] };
const passes = (text: string, input: unknown) => compileUnaryTests(text).test(input, (name) => variables[name], 0);

describe('unary tests', () => {
  it.each<[string, unknown, boolean]>([
    ['-', null, true],
    ['', 1, true],
    ['"a", "b"', 'b', true],
    ['"a", "b"', 'c', false],
    ['not("a", "b")', 'c', true],
    ['not("a", "b")', 'b', false],
    ['< 250', 249, true],
    ['< 250', 250, false],
    ['[250..1000]', 250, true],
    ['(250..1000)', 250, false],
    ['[250..1000[', 1000, false],
    ['> limit', 11, true],
    ['? > limit and ? < 20', 15, true],
    ['allowed', 'a', true],
    ['5', '5', false],
    ['> 5', 'text', false],
    ['null', null, true],
    ['true', true, true],
    ['-5', -5, true],
    ['< 5', null, false],
    ['ends with(?, "z")', 'abcz', true],
  ])('%s of %j', (text, input, expected) => {
    expect(passes(text, input)).toBe(expected);
  });

  it('name what they read besides the input', () => {
    expect(compileUnaryTests('> limit').names).toEqual(['limit']);
  });
});
