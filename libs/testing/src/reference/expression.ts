import type { Value, Values } from './marking.js';

/** What stands in the way of a token: a condition that is neither true nor false, no way out, an error nobody catches. */
export class Stuck extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

export type Lookup = (name: string) => Value;

/** `true`, `false`, `n > 3`, `a = b`, `x < 2`, `done`: as much of a language as random processes need. */
export function isTrue(text: string, lookup: Lookup): boolean {
  const [left = '', sign, right = ''] = text.split(/\s*(<=|>=|!=|<|>|=)\s*/);
  const value = sign === undefined ? operand(left, lookup) : compared(sign, operand(left, lookup), operand(right, lookup));
  if (typeof value !== 'boolean') throw new Stuck('condition-not-boolean');
  return value;
}

/** `{ n: n + 1, m: 2 }` */
export function assignments(text: string, lookup: Lookup): Values {
  const inner = /^\s*\{(.*)\}\s*$/.exec(text)?.[1] ?? '';
  const entries = inner.split(',').filter((entry) => entry.trim() !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [name = '', formula = ''] = entry.split(':');
      return [name.trim(), sum(formula, lookup)];
    }),
  );
}

function sum(text: string, lookup: Lookup): Value {
  const terms = text.split('+').map((term) => operand(term, lookup));
  if (terms.length === 1) return terms[0] ?? null;
  return terms.reduce<number>((total, term) => {
    if (typeof term !== 'number') throw new Stuck('expression-failed');
    return total + term;
  }, 0);
}

function operand(text: string, lookup: Lookup): Value {
  const word = text.trim();
  if (/^-?\d/.test(word)) return Number(word);
  if (word.startsWith('"')) return word.slice(1, -1);
  if (word === 'true' || word === 'false') return word === 'true';
  return word === 'null' ? null : lookup(word);
}

function compared(sign: string, left: Value, right: Value): Value {
  if (sign === '=') return left === right;
  if (sign === '!=') return left !== right;
  if (left === null || right === null) return null;
  if (typeof left !== 'number' || typeof right !== 'number') throw new Stuck('expression-failed');
  return sign === '<' ? left < right : sign === '>' ? left > right : sign === '<=' ? left <= right : left >= right;
}
