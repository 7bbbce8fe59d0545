import type { Instant } from '../model.js';
import { addMonths, DAY, HOUR, MINUTE, SECOND } from './calendar.js';
import { remember } from './remember.js';
import { timerInvalid } from './timer-invalid.js';

/** A span of time. What follows the calendar is kept apart: months always, weeks and days in working time. */
export interface Duration {
  /** Years and months. */
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  /** Hours, minutes and seconds. */
  readonly milliseconds: number;
}

const DURATION =
  /^P(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?(?:T(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9})(?:[.,](\d{1,9}))?S)?)?$/;

/** 9999-12-31T23:59:59.999Z: what ISO 8601 can write with four digits. */
export const LATEST: Instant = 253_402_300_799_999;

/**
 * An ISO 8601 duration such as `P1Y2M3W4DT5H6M7.5S`.
 *
 * @throws EvaluationFailed `timer-invalid` for an empty, negative or malformed one.
 */
export const parseDuration: (text: string) => Duration = remember((text) => {
  const match = DURATION.exec(text);
  if (match === null) throw timerInvalid(text, 'expected a duration such as PT15M or P1D');
  if (text.endsWith('P') || text.endsWith('T')) throw timerInvalid(text, 'the duration names no amount');
  const amount = (group: number) => Number(match[group] ?? 0);
  const fraction = Number((match[8] ?? '').padEnd(3, '0').slice(0, 3));
  return {
    months: amount(1) * 12 + amount(2),
    weeks: amount(3),
    days: amount(4),
    milliseconds: amount(5) * HOUR + amount(6) * MINUTE + amount(7) * SECOND + fraction,
  };
});

/**
 * A duration later: first the months by the calendar in UTC, then the rest.
 *
 * @throws EvaluationFailed `timer-invalid` past the year 9999.
 * @example addDuration(at('2026-01-31T00:00Z'), parseDuration('P1M')) // 2026-02-28T00:00Z
 */
export function addDuration(from: Instant, { months, weeks, days, milliseconds }: Duration, text: string): Instant {
  const due = (months === 0 ? from : addMonths(from, months)) + (weeks * 7 + days) * DAY + milliseconds;
  if (due > LATEST) throw timerInvalid(text, 'it ends after the year 9999');
  return due;
}
