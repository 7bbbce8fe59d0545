import type { Json } from '@baton/engine';
import { DateValue } from './date-value.js';
import type { DateUnit } from './date-value.js';

/** What an expression calculates with. */
export type JuelValue = Json | DateValue;

/** A call that a value of this type does not have. */
export class NoSuchCall extends Error {}

type Method = (target: JuelValue, parameters: readonly JuelValue[]) => JuelValue;

/** Everything that may be called on a value. Nothing else is reachable: there are no host objects behind the values. */
const METHODS: Readonly<Record<string, Method>> = {
  contains: (target, [part]) =>
    Array.isArray(target)
      ? target.some((item) => isSame(item, part ?? null))
      : textOf(target, 'contains').includes(textOf(part, 'contains')),
  startsWith: (target, [part]) => textOf(target, 'startsWith').startsWith(textOf(part, 'startsWith')),
  endsWith: (target, [part]) => textOf(target, 'endsWith').endsWith(textOf(part, 'endsWith')),
  toLowerCase: (target) => textOf(target, 'toLowerCase').toLowerCase(),
  toUpperCase: (target) => textOf(target, 'toUpperCase').toUpperCase(),
  trim: (target) => textOf(target, 'trim').trim(),
  length: (target) => textOf(target, 'length').length,
  isEmpty: (target) => (typeof target === 'string' ? target.length : sizeOf(target)) === 0,
  equals: (target, [other]) => isSame(target, other ?? null),
  equalsIgnoreCase: (target, [other]) =>
    textOf(target, 'equalsIgnoreCase').toLowerCase() === textOf(other, 'equalsIgnoreCase').toLowerCase(),
  toString: (target: JuelValue) => (typeof target === 'object' && !(target instanceof DateValue) ? JSON.stringify(target) : String(target)),
  size: (target) => sizeOf(target),
  get: (target, [index]) => entryOf(target, index ?? null) ?? null,
  containsKey: (target, [name]) => entryOf(target, name ?? null) !== undefined,
  toDate: (target) => dateOf(target, 'toDate'),
  plusSeconds: shift('seconds', 1),
  plusMinutes: shift('minutes', 1),
  plusHours: shift('hours', 1),
  plusDays: shift('days', 1),
  plusWeeks: shift('weeks', 1),
  plusMonths: shift('months', 1),
  plusYears: shift('years', 1),
  minusMinutes: shift('minutes', -1),
  minusHours: shift('hours', -1),
  minusDays: shift('days', -1),
  minusWeeks: shift('weeks', -1),
  minusMonths: shift('months', -1),
};

/** `execution.getVariable('x')` and `hasVariable` are answered by the evaluator, which has the scope. */
export const EXECUTION_METHODS: readonly string[] = ['getVariable', 'hasVariable'];

export const methodNames: readonly string[] = [...Object.keys(METHODS), ...EXECUTION_METHODS];
export const staticFunctionNames: readonly string[] = ['dateTime', 'now'];

export function isMethod(name: string): boolean {
  return methodNames.includes(name);
}

export function isStaticFunction(name: string): boolean {
  return staticFunctionNames.includes(name);
}

/** @throws NoSuchCall when the value's type does not have the method. */
export function callMethod(name: string, target: JuelValue, parameters: readonly JuelValue[]): JuelValue {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (!method) throw new NoSuchCall(`${describe(target)} has no method ${name}()`);
  return method(target, parameters);
}

/** An entry by own key or index; `undefined` when there is none. */
export function entryOf(target: JuelValue, name: JuelValue): JuelValue | undefined {
  if (Array.isArray(target)) return typeof name === 'number' || /^\d+$/.test(String(name)) ? target[Number(name)] : undefined;
  if (typeof target !== 'object' || target === null || target instanceof DateValue) return undefined;
  return Object.hasOwn(target, String(name)) ? (target as Readonly<Record<string, Json>>)[String(name)] : undefined;
}

export function describe(value: JuelValue | undefined): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof DateValue) return 'a date';
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function shift(unit: DateUnit, sign: 1 | -1): Method {
  const name = `${sign > 0 ? 'plus' : 'minus'}${unit.charAt(0).toUpperCase()}${unit.slice(1)}`;
  return (target, [amount]) => {
    const count = Number(amount);
    if (!Number.isInteger(count)) throw new NoSuchCall(`${name}() needs a whole number, not ${describe(amount)}`);
    return dateOf(target, name).plus(sign * count, unit);
  };
}

function dateOf(value: JuelValue, method: string): DateValue {
  if (value instanceof DateValue) return value;
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(instant)) throw new NoSuchCall(`${describe(value)} has no method ${method}()`);
  return new DateValue(instant);
}

function textOf(value: JuelValue | undefined, method: string): string {
  if (typeof value !== 'string') throw new NoSuchCall(`${method}() is for text, not for ${describe(value)}`);
  return value;
}

function sizeOf(value: JuelValue): number {
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'object' || value === null || value instanceof DateValue)
    throw new NoSuchCall(`${describe(value)} has no method size()`);
  return Object.keys(value).length;
}

function isSame(a: JuelValue, b: JuelValue): boolean {
  if (a instanceof DateValue && b instanceof DateValue) return a.valueOf() === b.valueOf();
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}
