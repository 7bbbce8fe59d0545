import type { Json, Variables } from './json.js';

/** No variables, shared. */
export const NO_VARIABLES: Variables = Object.freeze({});

/** The value under a name, if the record itself has it. `toString` and its kin are names like any other. */
export function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

/** Set a value under a name that comes from outside. Plain assignment would turn `__proto__` into a prototype. */
export function setOwn<T>(record: Record<string, T>, name: string, value: T): void {
  if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true, configurable: true, writable: true });
  else record[name] = value;
}

/** One variable as a record. */
export function variable(name: string, value: Json): Variables {
  const record: Record<string, Json> = {};
  setOwn(record, name, value);
  return record;
}

export function isEmpty(variables: Variables): boolean {
  for (const name in variables) if (Object.hasOwn(variables, name)) return false;
  return true;
}

/** Is it a context: names with values, neither a list nor a single value? */
export function isContext(value: Json): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
