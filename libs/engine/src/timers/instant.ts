import type { Instant } from '../model.js';
import { DAY, daysFromCivil, daysInMonth, HOUR, MINUTE, SECOND } from './calendar.js';
import { timerInvalid } from './timer-invalid.js';
import { zonedInstant } from './zone.js';

const INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?(?:\[([\w+\-/]{1,64})\]|@([\w+\-/]{1,64}))?)?$/;

/**
 * An ISO 8601 date, or date and time. Without offset or zone it is UTC; without time, midnight.
 *
 * A zone stands as `[Europe/Berlin]` (Java) or `@Europe/Berlin` (FEEL); beside an offset, the offset counts.
 *
 * @throws EvaluationFailed `timer-invalid` for what is no day, no time, or in the gap of a clock change.
 * @example parseInstant('2026-03-01T09:00+01:00') // 2026-03-01T08:00Z
 */
export function parseInstant(text: string): Instant {
  const match = INSTANT.exec(text);
  if (match === null) throw timerInvalid(text, 'expected a date such as 2026-03-01T09:00:00Z');
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((group) => Number(match[group] ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) throw timerInvalid(text, 'there is no such day');
  if (hour > 23 || minute > 59 || second > 59) throw timerInvalid(text, 'there is no such time of day');
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = daysFromCivil({ year, month, day }) * DAY + hour * HOUR + minute * MINUTE + second * SECOND + millisecond;
  const [offset, zone] = [match[8], match[9] ?? match[10]];
  if (offset !== undefined) return local - offsetOf(text, offset);
  return zone === undefined ? local : zonedInstant(text, local, zone);
}

function offsetOf(text: string, offset: string): number {
  if (offset === 'Z') return 0;
  const digits = offset.slice(1).replace(':', '');
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || 0)];
  if (hours > 18 || minutes > 59) throw timerInvalid(text, 'there is no such offset');
  return (offset.startsWith('-') ? -1 : 1) * (hours * HOUR + minutes * MINUTE);
}
