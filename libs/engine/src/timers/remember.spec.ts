import { describe, expect, it } from 'vitest';
import { remember } from './remember.js';

// Features: E-24

describe('a parser that remembers', () => {
  it('parses a text once', () => {
    const parsed: string[] = [];
    const parse = remember((text) => (parsed.push(text), text.length));

    expect([parse('PT1H'), parse('PT1H'), parse('P1D')]).toEqual([4, 4, 3]);
    expect(parsed).toEqual(['PT1H', 'P1D']);
  });

  it('forgets rather than grow, and never keeps long texts or mistakes', () => {
    let count = 0;
    const parse = remember((text) => {
      count += 1;
      if (text === 'wrong') throw new Error('wrong');
      return text;
    });
    for (let index = 0; index <= 500; index++) parse(`PT${index}S`);
    parse('PT0S');
    parse('x'.repeat(201));
    parse('x'.repeat(201));
    expect(count).toBe(504);

    expect(() => parse('wrong')).toThrowError('wrong');
    expect(() => parse('wrong')).toThrowError('wrong');
    expect(count).toBe(506);
  });
});
