import { timerInvalid } from './timer-invalid.js';

/** What one field of a cron line may hold. */
export interface Field {
  /** As messages call it. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** The last value, where `max` is another way to write the first. */
  readonly last?: number;
  /** Names of the values from `min` on, in capitals. */
  readonly names?: readonly string[];
}

const STEPS = /^(\*|[A-Z0-9]+(?:-[A-Z0-9]+)?)(?:\/(\d{1,4}))?$/i;

/**
 * The values of a field, ascending: `*`, `5`, `MON-FRI`, `0/15`, `22-2` (over the end) and lists of these.
 *
 * @throws EvaluationFailed `timer-invalid`; `text` is the whole cron line.
 */
export function parseField(text: string, written: string, field: Field): readonly number[] {
  const values = new Set(written.split(',').flatMap((part) => valuesOf(text, part, field)));
  return [...values].sort((a, b) => a - b);
}

/** One value, by number or by name. */
export function parseValue(text: string, written: string, { name, min, max, names = [] }: Field): number {
  const index = names.indexOf(written.toUpperCase());
  if (index >= 0) return min + index;
  if (!/^\d{1,4}$/.test(written)) {
    const examples = names.length === 0 ? '' : ` or a name such as ${names[0]}`;
    throw timerInvalid(text, `“${written.slice(0, 20)}” is no ${name}: expected ${min}–${max}${examples}, as in 0 0 9 * * MON-FRI`);
  }
  const value = Number(written);
  if (value < min || value > max) throw timerInvalid(text, `${value} is no ${name}: expected ${min}–${max}, as in 0 0 9 * * MON-FRI`);
  return value;
}

function valuesOf(text: string, part: string, field: Field): number[] {
  const [, range, stepText] = STEPS.exec(part) ?? [];
  if (range === undefined) throw timerInvalid(text, `“${part.slice(0, 20)}” is no ${field.name}, as in 0 0/15 9-17 * * MON-FRI`);
  const step = Number(stepText ?? 1);
  if (step === 0) throw timerInvalid(text, `the step of ${part} is 0; every third ${field.name} is */3`);
  const { min, max, last: end = max } = field;
  const [first, last] = range === '*' ? [min, end] : boundsOf(text, range, stepText === undefined ? undefined : end, field);
  const size = end - min + 1;
  const length = last >= first ? last - first : last - first + size;
  return Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => ((first - min + index * step) % size) + min);
}

function boundsOf(text: string, range: string, openEnd: number | undefined, field: Field): [number, number] {
  const [from = '', to] = range.split('-');
  const first = parseValue(text, from, field);
  if (to !== undefined) return [first, parseValue(text, to, field)];
  return [first, openEnd ?? first];
}
