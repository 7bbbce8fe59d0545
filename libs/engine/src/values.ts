import type { Json } from './json.js';
import type { Expression, Instant } from './model.js';
import { EvaluationFailed } from './ports.js';
import type { Evaluator } from './evaluator.js';
import { parseDue } from './timers/timer.js';

/** The text an expression gives; nothing for null and the empty text. */
export function textValue(at: Evaluator, expression: Expression | undefined): string | undefined {
  const value = at.value(expression);
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unexpected(expression, value, 'a text');
}

/** @throws EvaluationFailed when there is none. */
export function requiredText(at: Evaluator, expression: Expression, what: string): string {
  const text = textValue(at, expression);
  if (text === undefined) throw new EvaluationFailed('expression-failed', `The ${what} “${expression.text}” gave nothing.`);
  return text;
}

/** Names, from a list or from one text with commas. */
export function listValue(at: Evaluator, expression: Expression | undefined): readonly string[] {
  const value = at.value(expression);
  if (value === null) return [];
  if (typeof value === 'string') return names(value.split(','));
  if (Array.isArray(value)) return names(value.map((item: Json) => (typeof item === 'string' ? item : String(item))));
  throw unexpected(expression, value, 'a list of names');
}

function names(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** A number, also one written as text. */
export function numberValue(at: Evaluator, expression: Expression | undefined, otherwise: number): number {
  const value = at.value(expression);
  if (value === null || value === '') return otherwise;
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw unexpected(expression, value, 'a number');
}

/** An instant, from a date and time, a date, or a duration from now. */
export function instantValue(at: Evaluator, expression: Expression | undefined): Instant | undefined {
  const value = at.value(expression);
  if (value === null || value === '') return undefined;
  if (typeof value !== 'string') throw unexpected(expression, value, 'a date');
  return parseDue(value, at.instance.at);
}

function unexpected(expression: Expression | undefined, value: Json, wanted: string): EvaluationFailed {
  return new EvaluationFailed('expression-failed', `“${expression?.text}” gave ${JSON.stringify(value)}, not ${wanted}.`);
}
