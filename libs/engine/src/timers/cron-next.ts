import type { Instant } from '../model.js';
import { civilFromDays, DAY, daysFromCivil, SECOND } from './calendar.js';
import type { Cron } from './cron.js';
import { changeBetween, instantOf, localAt } from './zone.js';

/** Every day of the week falls on a 29 February within these. */
const YEARS_MAX = 40;

const SECONDS_PER_DAY = DAY / SECOND;

/**
 * The first time after an instant that a cron line names; none when it names no more.
 *
 * When clocks change, a line that names hours means what the clocks show: an hour they repeat counts once, the
 * first time, and what falls into an hour they skip happens at the moment of the change. A line for every hour
 * means time that passes: it goes on evenly through both. (Vixie cron, cron(8), tells the two apart likewise.)
 */
export function nextCron(cron: Cron, after: Instant): Instant | undefined {
  return cron.hours.length === 24 ? nextAsTimePasses(cron, after) : nextAsClocksShow(cron, after);
}

function nextAsClocksShow(cron: Cron, after: Instant): Instant | undefined {
  const local = nextLocal(cron, latestShown(cron, after));
  return local === undefined ? undefined : instantOf(cron.zone, local);
}

/** The latest local time that the clocks have shown so far: in a repeated hour, its end. */
function latestShown({ zone }: Cron, at: Instant): number {
  const local = localAt(zone, at);
  const first = instantOf(zone, local);
  if (first === at) return local;
  const change = changeBetween(zone, first, at);
  return change + zone.offsetAt(first) - 1;
}

function nextAsTimePasses(cron: Cron, after: Instant): Instant | undefined {
  const { zone } = cron;
  let from = after;
  let local = nextLocal(cron, localAt(zone, from));
  while (local !== undefined) {
    const offset = zone.offsetAt(from);
    const due = local - offset;
    if (zone.offsetAt(due) === offset) return due;
    from = changeBetween(zone, from, due);
    local = nextLocal(cron, localAt(zone, from) - 1);
  }
  return undefined;
}

/** The first local time after another, on clocks that never change. */
function nextLocal(cron: Cron, after: number): number | undefined {
  const { months, years } = cron;
  const second = Math.floor(after / SECOND) + 1;
  let days = Math.floor(second / SECONDS_PER_DAY);
  let from = second - days * SECONDS_PER_DAY;
  const lastYear = Math.max(civilFromDays(days).year, years?.[0] ?? 0) + YEARS_MAX;
  for (;;) {
    const date = civilFromDays(days);
    const { year, month } = date;
    if (year > lastYear) return undefined;
    let next = days + 1;
    if (years?.includes(year) === false) next = daysFromCivil({ year: year + 1, month: 1, day: 1 });
    else if (!months.includes(month)) next = daysFromCivil({ year, month: month + 1, day: 1 });
    else if (cron.isDay(date, (((days + 4) % 7) + 7) % 7)) {
      const time = nextTimeOfDay(cron, from);
      if (time !== undefined) return (days * SECONDS_PER_DAY + time) * SECOND;
    }
    days = next;
    from = 0;
  }
}

/** The first second of the day, from one on. */
function nextTimeOfDay({ seconds, minutes, hours }: Cron, from: number): number | undefined {
  const [hour, minute, second] = [Math.floor(from / 3_600), Math.floor(from / 60) % 60, from % 60];
  const hourly = hours.filter((h) => h >= hour);
  for (const h of hourly.slice(0, 2)) {
    for (const m of minutes) {
      if (h === hour && m < minute) continue;
      const s = h === hour && m === minute ? seconds.find((candidate) => candidate >= second) : seconds[0];
      if (s !== undefined) return h * 3_600 + m * 60 + s;
    }
  }
  return undefined;
}
