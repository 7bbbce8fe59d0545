import type { Instant } from '../model.js';
import { EvaluationFailed } from '../ports.js';
import { addMonths, DAY, formatInstant, MINUTE } from './calendar.js';
import type { Duration } from './duration.js';
import { instantOf, localAt, zoneOf } from './zone.js';
import type { Zone } from './zone.js';

/** What ends later than this is no deadline. It also bounds the search in a calendar that is almost all holidays. */
const WORKING_DAYS_MAX = 10_000;

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** From when to when on one day, in minutes after midnight: `[540, 1020]` is nine to five. A night shift is two, on two days. */
export type WorkingHours = readonly [from: number, to: number];

/** When people work. Data of a tenant, a definition or a user: plain JSON. */
export interface Calendar {
  /** Such as `Europe/Berlin`. */
  readonly zone: string;
  /** A weekday that is left out is free. */
  readonly workingHours: Readonly<Partial<Record<Weekday, readonly WorkingHours[]>>>;
  /** Free days, such as `2026-12-25`. */
  readonly holidays: readonly string[];
}

/**
 * A duration of working time later.
 *
 * Years, months and weeks follow the calendar: a week after Tuesday noon is Tuesday noon. Days are working days:
 * a day after Friday noon is Monday noon. Hours, minutes and seconds pass only while people work, and as long as
 * they really take when clocks change. What begins or ends outside of working hours moves to the next ones;
 * closing time still belongs to the day.
 *
 * @throws EvaluationFailed `timer-invalid` for an unknown zone; `calendar-invalid` for hours or holidays that are
 * none, or so few that the end is out of sight.
 * @example addWorkingTime(fridayAtFour, parseDuration('PT2H'), nineToFive) // Monday at ten
 */
export function addWorkingTime(from: Instant, { months, weeks, days, milliseconds }: Duration, calendar: Calendar): Instant {
  const week = new WorkingWeek(calendar);
  let at = week.open(from);
  if (months + weeks > 0) at = week.open(instantOf(week.zone, addMonths(localAt(week.zone, at), months) + weeks * 7 * DAY));
  if (days > 0) at = week.open(week.addDays(at, days));
  return milliseconds === 0 ? at : week.addTime(at, milliseconds);
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** A calendar, checked, and asked about days; a day is its number since 1970. */
class WorkingWeek {
  readonly zone: Zone;
  private readonly hours: readonly (readonly WorkingHours[])[];
  private readonly holidays: ReadonlySet<string>;

  constructor({ zone, workingHours, holidays }: Calendar) {
    this.zone = zoneOf(zone, zone);
    this.hours = WEEKDAYS.map((weekday) => checkedHours(weekday, workingHours[weekday] ?? []));
    this.holidays = new Set(holidays.map(checkedDay));
  }

  /** This moment, if people work or have just stopped; else when they begin again. */
  open(at: Instant): Instant {
    const [span] = this.spansFrom(at);
    return span === undefined ? outOfSight() : Math.max(at, span.from);
  }

  /** The same time of day, a number of working days later. */
  addDays(at: Instant, count: number): Instant {
    const local = localAt(this.zone, at);
    const today = Math.floor(local / DAY);
    let day = today;
    let left = count;
    for (let looked = 0; left > 0; looked += 1) {
      if (looked === WORKING_DAYS_MAX) outOfSight();
      day += 1;
      if (this.hoursOf(day).length > 0) left -= 1;
    }
    return instantOf(this.zone, local + (day - today) * DAY);
  }

  addTime(at: Instant, milliseconds: number): Instant {
    let left = milliseconds;
    for (const { from, to } of this.spansFrom(at)) {
      const begin = Math.max(at, from);
      if (left <= to - begin) return begin + left;
      left -= to - begin;
    }
    return outOfSight();
  }

  /** Working hours that have not ended before this moment, as instants. */
  private *spansFrom(at: Instant): Iterable<Span> {
    const today = Math.floor(localAt(this.zone, at) / DAY);
    // Closing time at midnight is the end of the day before.
    for (let day = today - 1; day < today + WORKING_DAYS_MAX; day += 1) {
      for (const [opens, closes] of this.hoursOf(day)) {
        const to = instantOf(this.zone, day * DAY + closes * MINUTE);
        if (to >= at) yield { from: instantOf(this.zone, day * DAY + opens * MINUTE), to };
      }
    }
  }

  private hoursOf(day: number): readonly WorkingHours[] {
    const hours = this.hours[(((day + 4) % 7) + 7) % 7] ?? [];
    return hours.length > 0 && this.holidays.has(isoDay(day)) ? [] : hours;
  }
}

function isoDay(day: number): string {
  return formatInstant(day * DAY).slice(0, 10);
}

function checkedHours(weekday: Weekday, hours: readonly WorkingHours[]): readonly WorkingHours[] {
  const sorted = hours.toSorted(([a], [b]) => a - b);
  sorted.forEach(([from, to], index) => {
    const isInDay = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= 1_440;
    if (!isInDay) throw invalid(`${from}–${to} on ${weekday} are no working hours; nine to five is [540, 1020], in minutes after midnight`);
    const before = sorted[index - 1];
    if (before !== undefined && before[1] > from) throw invalid(`working hours overlap on ${weekday}`);
  });
  return sorted;
}

function checkedDay(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw invalid(`“${text.slice(0, 20)}” is no day; Christmas is 2026-12-25`);
  return text;
}

function outOfSight(): never {
  throw invalid(`the end is more than ${WORKING_DAYS_MAX} days away; are there any working hours?`);
}

function invalid(why: string): EvaluationFailed {
  return new EvaluationFailed('calendar-invalid', `This working calendar cannot be used: ${why}.`);
}
