import type { Json, VariableScope } from '@baton/engine';

/** Names that mean something to JavaScript. They are never variables: no text reaches a host object through them. */
const RESERVED = new Set(['__proto__', 'prototype', 'constructor']);

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/** An entry of a JSON object, by own key only; `undefined` when there is none or the value is no object. */
export function ownValue(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

/** What of `names` the scope holds; a name it does not have is left out. */
export function readVariables(names: readonly string[], scope: VariableScope): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const name of names) {
    const value = scope.get(name);
    if (value !== undefined) values[name] = value;
  }
  return values;
}
