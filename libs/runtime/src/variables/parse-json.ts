import type { Json } from '@baton/engine';
import { isExactNumber } from './json-number.js';
import {
  duplicateKey,
  forbiddenKey,
  jsonEmpty,
  jsonMalformed,
  jsonTooDeep,
  numberNotSafe,
  reservedName,
  textNotWellFormed,
} from './json-problems.js';
import { JSON_DEPTH_MAX, RESERVED_NAMES } from './limits.js';

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/** One object or list that is open at the moment. Lists have no keys. */
interface Open {
  readonly keys: Set<string> | null;
  /** Key or index of the member being read. */
  member: string | number;
  /** Are the keys of this object names of variables? */
  readonly names: boolean;
}

/**
 * Reads JSON that a stranger sent, and refuses what `JSON.parse` would quietly bend: duplicate keys, numbers a double cannot
 * hold, NUL and half surrogate pairs, keys that mean something to JavaScript, and nesting deeper than 64.
 *
 * @param variablesAt  where the names of variables stand: the document itself, its member `variables`, or nowhere.
 * @throws AppError `json-empty`, `json-malformed`, `json-too-deep`, `json-duplicate-key`, `json-forbidden-key`,
 *         `text-not-well-formed` (400), `number-not-safe`, `variable-name-reserved` (422), with a JSON pointer where there is one.
 *
 * One pass over the text with an explicit stack: depth costs memory of ours, never the call stack. The codes are in docs/reference/problems.md.
 */
export function parseJson(text: string, variablesAt: 'document' | 'variables' | 'nowhere' = 'variables'): Json {
  const stack: Open[] = [];
  let position = 0;

  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const found = pattern.exec(text)?.[0];
    if (found !== undefined) position += found.length;
    return found;
  };
  const skip = () => void match(SPACE);
  const pointer = () => stack.map(({ member }) => `/${String(member).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const readText = (): string => {
    const source = match(TEXT);
    if (source === undefined) throw jsonMalformed(position);
    const value = source.includes('\\') ? (JSON.parse(source) as string) : source.slice(1, -1);
    if (value.includes('\u0000') || !value.isWellFormed()) throw textNotWellFormed(pointer());
    return value;
  };
  const readKey = (open: Open): void => {
    const key = readText();
    open.member = key;
    if (open.keys!.has(key)) throw duplicateKey(pointer());
    open.keys!.add(key);
    if (open.names && RESERVED_NAMES.has(key)) throw reservedName(pointer());
    const owner = stack.at(-2);
    if (key === '__proto__' || (key === 'prototype' && owner?.member === 'constructor')) throw forbiddenKey(pointer());
    skip();
    if (text[position] !== ':') throw jsonMalformed(position);
    position++;
    skip();
  };
  const areNames = (): boolean =>
    variablesAt === 'document' ? stack.length === 0 : variablesAt === 'variables' && stack.length === 1 && stack[0]!.member === 'variables';
  /** Reads one value; true when it opened an object or list that has members still to come. */
  const readValue = (): boolean => {
    const first = text[position];
    if (first === '{' || first === '[') {
      if (stack.length === JSON_DEPTH_MAX) throw jsonTooDeep();
      const isObject = first === '{';
      const open: Open = { keys: isObject ? new Set() : null, member: 0, names: isObject && areNames() };
      position++;
      skip();
      if (text[position] === (isObject ? '}' : ']')) {
        position++;
        return false;
      }
      stack.push(open);
      if (isObject) readKey(open);
      return true;
    }
    if (first === '"') readText();
    else if (match(WORD) === undefined) {
      const number = match(NUMBER);
      if (number === undefined) throw jsonMalformed(position);
      if (!isExactNumber(number)) throw numberNotSafe(pointer());
    }
    return false;
  };

  skip();
  if (position === text.length) throw jsonEmpty();
  for (;;) {
    if (readValue()) continue;
    // A value has ended: go on with its object or list, closing those that end here.
    for (;;) {
      skip();
      const open = stack.at(-1);
      if (!open) {
        if (position !== text.length) throw jsonMalformed(position);
        return JSON.parse(text) as Json;
      }
      const next = text[position++];
      if (next === ',') {
        skip();
        if (open.keys) readKey(open);
        else (open.member as number)++;
        break;
      }
      if (next !== (open.keys ? '}' : ']')) throw jsonMalformed(position - 1);
      stack.pop();
    }
  }
}
