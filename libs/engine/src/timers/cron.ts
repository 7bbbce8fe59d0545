import { dayOfMonthRule, dayOfWeekRule, isAnyDay, WEEKDAY_NAMES } from './cron-days.js';
import type { DayRule } from './cron-days.js';
import { parseField } from './cron-field.js';
import type { Field } from './cron-field.js';
import { remember } from './remember.js';
import { timerInvalid } from './timer-invalid.js';
import { UTC, zoneOf } from './zone.js';
import type { Zone } from './zone.js';

/**
 * Cron lines as timer cycles.
 *
 * Our own parser: `cron-parser`, which our queue brings along, reads the clock where it is given no date and asks
 * `luxon` for the local zone, `cron` and `croner` run timers themselves. The engine asks no clock and imports nothing.
 */
export interface Cron {
  readonly zone: Zone;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly isDay: DayRule;
  readonly months: readonly number[];
  /** Absent: every year. */
  readonly years?: readonly number[];
}

const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * SUN',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

const SECOND: Field = { name: 'second', min: 0, max: 59 };
const MINUTE: Field = { name: 'minute', min: 0, max: 59 };
const HOUR: Field = { name: 'hour', min: 0, max: 23 };
const MONTH_NAMES = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTH: Field = { name: 'month', min: 1, max: 12, names: MONTH_NAMES };
const YEAR: Field = { name: 'year', min: 1970, max: 2199 };

const ZONE_BEFORE = /^(?:CRON_)?TZ=([\w+\-/]{1,64})\s+(.*)$/;
const ZONE_AFTER = /^(\S.*?)\s*(?:\[([\w+\-/]{1,64})\]|@([A-Za-z][\w+\-/]{0,63}))$/;

/** Is a timer's text a cron line, or meant to be one? What begins with R or P is an interval or a duration. */
export function isCron(text: string): boolean {
  return !/^\s*[RP]/.test(text) && /^\s*@|\S\s+\S/.test(text);
}

/**
 * A cron line:
 *
 * - `30 9 * * MON-FRI`: five fields, from the minute on (Unix). With a day of the month *and* a day of the week,
 *   either is enough, unless one of them begins with `*` (Vixie cron, crontab(5)).
 * - `0 30 9 * * MON-FRI`: six, from the second on (Spring, as in Camunda 8). Both days must match.
 * - `0 30 9 ? * 2-6 2027`: seven, with a year (Quartz). The only dialect with a year counts weekdays from 1, Sunday;
 *   the others know 0 and 7 as Sunday. Formats that speak Quartz in six fields translate (`weekdaysFromQuartz`).
 * - `@hourly`, `@daily`, `@midnight`, `@weekly`, `@monthly`, `@yearly`, `@annually`.
 *
 * In UTC, or in a zone: `CRON_TZ=Europe/Berlin 0 0 9 * * *`, or behind it as in dates, `0 0 9 * * *[Europe/Berlin]`.
 *
 * @throws EvaluationFailed `timer-invalid`
 */
export const parseCron: (text: string) => Cron = remember((text) => {
  const { line, zone } = zoneApart(text);
  const fields = fieldsOf(text, line);
  const [second = '0', minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = '', year = '*'] =
    fields.length === 5 ? ['0', ...fields] : fields;
  return {
    zone,
    seconds: parseField(text, second, SECOND),
    minutes: parseField(text, minute, MINUTE),
    hours: parseField(text, hour, HOUR),
    isDay: dayRule(text, dayOfMonth, dayOfWeek, fields.length),
    months: parseField(text, month, MONTH),
    ...(year === '*' ? {} : { years: parseField(text, year, YEAR) }),
  };
});

/** A cron line as Quartz means it (Camunda 7, Flowable) with its numbered weekdays as names, which all dialects share. */
export function weekdaysFromQuartz(text: string): string {
  const { prefix = '', line = text } = /^(?<prefix>(?:(?:CRON_)?TZ=\S+)?\s*)(?<line>.*)$/.exec(text)?.groups ?? {};
  const fields = line.split(/\s+/);
  const dayOfWeek = fields[5];
  if (dayOfWeek === undefined) return text;
  const named = dayOfWeek.replaceAll(/(?<![\w/#])[1-7](?!\d)/g, (day) => WEEKDAY_NAMES[Number(day) - 1] ?? day);
  return prefix + fields.with(5, named).join(' ');
}

function zoneApart(text: string): { readonly line: string; readonly zone: Zone } {
  const trimmed = text.trim();
  const [, before, line] = ZONE_BEFORE.exec(trimmed) ?? [];
  if (before !== undefined && line !== undefined) return { line, zone: zoneOf(text, before) };
  const [, first, inBrackets, afterAt] = ZONE_AFTER.exec(trimmed) ?? [];
  const name = inBrackets ?? afterAt;
  return first === undefined || name === undefined ? { line: trimmed, zone: UTC } : { line: first, zone: zoneOf(text, name) };
}

function fieldsOf(text: string, line: string): readonly string[] {
  if (line.startsWith('@') && !Object.hasOwn(MACROS, line))
    throw timerInvalid(text, `there is no ${line.slice(0, 20)}; there are ${Object.keys(MACROS).join(', ')}`);
  const fields = (MACROS[line] ?? line).split(/\s+/);
  if (fields.length < 5 || fields.length > 7)
    throw timerInvalid(text, `a cron line has 5, 6 or 7 fields, not ${fields.length}; for example 0 0 9 * * MON-FRI, working days at nine`);
  return fields;
}

function dayRule(text: string, dayOfMonth: string, dayOfWeek: string, fields: number): DayRule {
  const anyOfMonth = isAnyDay(dayOfMonth);
  const anyOfWeek = isAnyDay(dayOfWeek);
  const always: DayRule = () => true;
  const ofMonth = anyOfMonth ? always : dayOfMonthRule(text, dayOfMonth);
  const ofWeek = anyOfWeek ? always : dayOfWeekRule(text, dayOfWeek, fields === 7);
  const isEither = fields === 5 && !dayOfMonth.startsWith('*') && !dayOfWeek.startsWith('*') && !anyOfMonth && !anyOfWeek;
  if (isEither) return (date, weekday) => ofMonth(date, weekday) || ofWeek(date, weekday);
  return (date, weekday) => ofMonth(date, weekday) && ofWeek(date, weekday);
}
