import { daysInMonth } from './calendar.js';
import type { CalendarDay } from './calendar.js';
import { parseField, parseValue } from './cron-field.js';
import type { Field } from './cron-field.js';
import { timerInvalid } from './timer-invalid.js';

/** Is a day meant? `weekday` is 0 for Sunday. */
export type DayRule = (date: CalendarDay, weekday: number) => boolean;

export const WEEKDAY_NAMES = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const DAY_OF_MONTH: Field = { name: 'day of the month', min: 1, max: 31 };
/** Unix and Spring: 0 is Sunday, and so is 7. */
const DAY_OF_WEEK: Field = { name: 'day of the week', min: 0, max: 7, last: 6, names: WEEKDAY_NAMES };
/** Quartz: 1 is Sunday. */
const QUARTZ_DAY_OF_WEEK: Field = { name: 'day of the week', min: 1, max: 7, names: WEEKDAY_NAMES };

/** `*` and `?` leave the day to the other field. */
export function isAnyDay(written: string): boolean {
  return written === '*' || written === '?';
}

/**
 * Days of the month: values, `L` (the last), `L-3` (three before it), `15W` (the working day, Monday to Friday,
 * nearest to the 15th in the same month) and `LW`.
 */
export function dayOfMonthRule(text: string, written: string): DayRule {
  return anyOf(written, (part) => {
    const [, before, nearest] = /^L(?:-(\d{1,2}))?(W)?$/i.exec(part) ?? [];
    const back = Number(before ?? 0);
    if (nearest !== undefined) return (date, weekday) => date.day === nearestWorkingDay(lastOf(date) - back, date, weekday);
    if (/^L/i.test(part)) {
      if (before === undefined && part.length > 1)
        throw timerInvalid(text, `“${part}” is no day of the month; the last one is L, as in 0 0 9 L * *`);
      return (date) => date.day === lastOf(date) - back;
    }
    const [, middle] = /^(\d{1,2})W$/i.exec(part) ?? [];
    if (middle === undefined) return oneOf(parseField(text, part, DAY_OF_MONTH), ({ day }) => day);
    const target = parseValue(text, middle, DAY_OF_MONTH);
    return (date, weekday) => target <= lastOf(date) && date.day === nearestWorkingDay(target, date, weekday);
  });
}

/** Days of the week: values, `FRIL` (the month's last Friday) and `MON#2` (its second Monday). */
export function dayOfWeekRule(text: string, written: string, isQuartz: boolean): DayRule {
  const field = isQuartz ? QUARTZ_DAY_OF_WEEK : DAY_OF_WEEK;
  const numbered = (value: number) => (isQuartz ? value - 1 : value % 7);
  return anyOf(written, (part) => {
    if (/^L$/i.test(part)) throw timerInvalid(text, 'L needs a day of the week here; the last Friday is FRIL, as in 0 0 9 * * FRIL');
    const [, name, count] = /^(\w+)#(\d)$/.exec(part) ?? [];
    const [, last] = /^(\w+)L$/i.exec(part) ?? [];
    if (name === undefined && last === undefined) return oneOf(parseField(text, part, field).map(numbered), (_, weekday) => weekday);
    const wanted = numbered(parseValue(text, name ?? last ?? '', field));
    if (name === undefined) return (date, weekday) => weekday === wanted && date.day > lastOf(date) - 7;
    const nth = Number(count);
    if (nth < 1 || nth > 5) throw timerInvalid(text, `a month has no ${nth}. ${name}; the second Monday is MON#2, as in 0 0 9 * * MON#2`);
    return ({ day }, weekday) => weekday === wanted && Math.ceil(day / 7) === nth;
  });
}

function anyOf(written: string, ruleOf: (part: string) => DayRule): DayRule {
  const rules = written.split(',').map(ruleOf);
  return (date, weekday) => rules.some((rule) => rule(date, weekday));
}

function oneOf(values: readonly number[], of: (date: CalendarDay, weekday: number) => number): DayRule {
  return (date, weekday) => values.includes(of(date, weekday));
}

function lastOf({ year, month }: CalendarDay): number {
  return daysInMonth(year, month);
}

/** Monday to Friday, without leaving the month; `weekday` is that of `date`. */
function nearestWorkingDay(target: number, date: CalendarDay, weekday: number): number {
  const of = (((weekday + target - date.day) % 7) + 7) % 7;
  if (of === 6) return target === 1 ? 3 : target - 1;
  if (of === 0) return target === lastOf(date) ? target - 2 : target + 1;
  return target;
}
