import { ExpressionInvalid } from '@baton/engine';
import { placeOf } from '../text-place.js';
import type { Token } from './juel-syntax.js';

const SYMBOLS = ['&&', '||', '==', '!=', '<=', '>=', '(', ')', '[', ']', '.', ',', '?', ':', '!', '<', '>', '+', '-', '*', '/', '%', '}'];

/** Operators with a name; they become their symbols. */
const WORDS: Readonly<Record<string, string>> = {
  and: '&&',
  or: '||',
  not: '!',
  eq: '==',
  ne: '!=',
  neq: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
  div: '/',
  mod: '%',
};

/**
 * The tokens from `start` up to the `}` that ends the expression, that token included.
 *
 * @throws ExpressionInvalid  `juel-syntax`, with the place in the whole text.
 */
export function tokensUntilBrace(text: string, start: number): Token[] {
  const tokens: Token[] = [];
  let at = start;
  while (at < text.length) {
    const character = text.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token.token);
    at = token.end;
    if (token.token.kind === 'symbol' && token.token.value === '}') return tokens;
  }
  throw juelInvalid(text, start, 'The expression begins here and never ends: expected "}".');
}

function tokenAt(text: string, at: number): { token: Token; end: number } {
  const rest = text.slice(at);
  const name = /^[\p{L}_$][\p{L}\p{N}_$]*/u.exec(rest)?.[0];
  if (name !== undefined) {
    const symbol = Object.hasOwn(WORDS, name) ? WORDS[name] : undefined;
    return {
      token: symbol === undefined ? { kind: 'name', value: name, at } : { kind: 'symbol', value: symbol, at },
      end: at + name.length,
    };
  }
  const number = /^(\d+(\.\d+)?|\.\d+)([eE][+-]?\d+)?/.exec(rest)?.[0];
  if (number !== undefined) return { token: { kind: 'number', value: number, at }, end: at + number.length };
  if (rest.startsWith("'") || rest.startsWith('"')) return textAt(text, at);
  const symbol = SYMBOLS.find((candidate) => rest.startsWith(candidate));
  if (symbol !== undefined) return { token: { kind: 'symbol', value: symbol, at }, end: at + symbol.length };
  const advice = { '=': ' Comparison is written ==.', '&': ' "And" is written &&.', '|': ' "Or" is written ||.' }[text.charAt(at)] ?? '';
  throw juelInvalid(text, at, `Unexpected "${text.charAt(at)}".${advice}`);
}

function textAt(text: string, at: number): { token: Token; end: number } {
  const quote = text.charAt(at);
  let value = '';
  for (let index = at + 1; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === quote) return { token: { kind: 'text', value, at }, end: index + 1 };
    if (character === '\\') index++;
    value += text.charAt(index);
  }
  throw juelInvalid(text, at, `A text begins here and never ends: expected ${quote}.`);
}

export function juelInvalid(text: string, at: number, message: string, code = 'juel-syntax'): ExpressionInvalid {
  const { line, column } = placeOf(text, at);
  return new ExpressionInvalid(code, message, line, column);
}
