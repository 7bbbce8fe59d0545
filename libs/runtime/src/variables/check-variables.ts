import type { Json, Variables } from '@baton/engine';
import { isSafeNumber } from './json-number.js';
import { forbiddenKey, jsonTooDeep, notJson, numberNotSafe, reservedName, textNotWellFormed, variableTooLarge } from './json-problems.js';
import { JSON_DEPTH_MAX, RESERVED_NAMES, VARIABLES_BYTES_MAX, VARIABLE_BYTES_MAX } from './limits.js';

/**
 * Checks values that are parsed already: from a worker's result, a form or another library.
 *
 * @throws AppError `variable-name-reserved`, `variable-too-large`, `number-not-safe`, `validation-failed` (422),
 *         `json-too-deep`, `json-forbidden-key`, `text-not-well-formed` (400).
 */
export function checkVariables(value: unknown): Variables {
  if (!isPlainObject(value)) throw notJson('');
  let bytes = 0;
  for (const [name, content] of Object.entries(value)) {
    const pointer = `/${escaped(name)}`;
    if (RESERVED_NAMES.has(name)) throw reservedName(pointer);
    checkText(name, pointer);
    checkJson(content, pointer, 1);
    const size = Buffer.byteLength(JSON.stringify(content));
    if (size > VARIABLE_BYTES_MAX) throw variableTooLarge(pointer, VARIABLE_BYTES_MAX);
    bytes += size + name.length;
  }
  if (bytes > VARIABLES_BYTES_MAX) throw variableTooLarge('', VARIABLES_BYTES_MAX);
  return value as Variables;
}

function checkJson(value: unknown, pointer: string, depth: number): asserts value is Json {
  switch (typeof value) {
    case 'boolean':
      return;
    case 'string':
      return checkText(value, pointer);
    case 'number':
      if (!isSafeNumber(value)) throw numberNotSafe(pointer);
      return;
    case 'object':
      break;
    default:
      throw notJson(pointer);
  }
  if (value === null) return;
  if (depth >= JSON_DEPTH_MAX) throw jsonTooDeep();
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) checkJson(value[index], `${pointer}/${index}`, depth + 1);
    return;
  }
  if (!isPlainObject(value)) throw notJson(pointer);
  for (const [key, member] of Object.entries(value)) {
    const at = `${pointer}/${escaped(key)}`;
    if (key === '__proto__' || (key === 'prototype' && pointer.endsWith('/constructor'))) throw forbiddenKey(at);
    checkText(key, at);
    checkJson(member, at, depth + 1);
  }
}

function checkText(text: string, pointer: string): void {
  if (text.includes('\u0000') || !text.isWellFormed()) throw textNotWellFormed(pointer);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
