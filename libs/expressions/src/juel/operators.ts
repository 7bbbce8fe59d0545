import { EvaluationFailed } from '@baton/engine';
import { DateValue } from './date-value.js';
import { describe } from './methods.js';
import type { JuelValue } from './methods.js';
import type { BinaryOperator } from './juel-syntax.js';

/** Source: Jakarta Expression Language 2.2 (the language of Camunda 7), sections 1.6–1.9 and 1.18 (coercions). */
export function applyBinary(operator: Exclude<BinaryOperator, '&&' | '||'>, left: JuelValue, right: JuelValue): JuelValue {
  switch (operator) {
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return compare(left, right, (sign) => sign < 0);
    case '<=':
      return compare(left, right, (sign) => sign <= 0);
    case '>':
      return compare(left, right, (sign) => sign > 0);
    case '>=':
      return compare(left, right, (sign) => sign >= 0);
    case '+':
      return finite(toNumber(left) + toNumber(right));
    case '-':
      return finite(toNumber(left) - toNumber(right));
    case '*':
      return finite(toNumber(left) * toNumber(right));
    case '/':
      return finite(toNumber(left) / toNumber(right));
    case '%':
      return finite(toNumber(left) % toNumber(right));
  }
}

function isEqual(left: JuelValue, right: JuelValue): boolean {
  if (left === right) return true;
  if (left === null || right === null) return false;
  if (left instanceof DateValue || right instanceof DateValue) return instantOf(left) === instantOf(right);
  if (typeof left === 'number' || typeof right === 'number') return toNumber(left) === toNumber(right);
  if (typeof left === 'boolean' || typeof right === 'boolean') return toBoolean(left) === toBoolean(right);
  if (typeof left === 'string' || typeof right === 'string') return toText(left) === toText(right);
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Null is neither less nor greater than anything; it is only as great as itself. */
function compare(left: JuelValue, right: JuelValue, holds: (sign: number) => boolean): boolean {
  if (left === null || right === null) return left === right && holds(0);
  if (left instanceof DateValue || right instanceof DateValue) return holds(instantOf(left) - instantOf(right));
  if (typeof left === 'number' || typeof right === 'number') return holds(toNumber(left) - toNumber(right));
  if (typeof left === 'string' && typeof right === 'string') return holds(left < right ? -1 : left > right ? 1 : 0);
  throw new EvaluationFailed('expression-failed', `${describe(left)} and ${describe(right)} cannot be compared.`);
}

export function toNumber(value: JuelValue): number {
  if (value === null || value === '') return 0;
  const number = typeof value === 'number' ? value : typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  if (!Number.isFinite(number)) {
    throw new EvaluationFailed(
      'expression-failed',
      `Expected a number, but found ${typeof value === 'string' ? 'the text ' + JSON.stringify(value) : describe(value)}.`,
    );
  }
  return number;
}

export function toBoolean(value: JuelValue): boolean {
  if (value === null || value === '') return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value.toLowerCase() === 'true';
  throw new EvaluationFailed('expression-failed', `Expected true or false, but found ${describe(value)}.`);
}

export function toText(value: JuelValue): string {
  if (value === null) return '';
  return typeof value === 'object' && !(value instanceof DateValue) ? JSON.stringify(value) : String(value);
}

export function isEmpty(value: JuelValue): boolean {
  if (value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && !(value instanceof DateValue) && Object.keys(value).length === 0;
}

function instantOf(value: JuelValue): number {
  return value instanceof DateValue ? value.valueOf() : Date.parse(String(value));
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new EvaluationFailed('expression-failed', 'The calculation has no finite result.');
  return value;
}
