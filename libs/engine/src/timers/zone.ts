import type { Instant } from '../model.js';
import { DAY, daysFromCivil, HOUR, MINUTE, SECOND } from './calendar.js';
import { timerInvalid } from './timer-invalid.js';

/**
 * The instant at which a zone's clocks show a local time; the earlier one when they show it twice.
 *
 * The result is stored in the event, so a later change of the zone's rules changes no history.
 *
 * @throws EvaluationFailed `timer-invalid` for an unknown zone, or a time the zone's clocks skip.
 */
export function zonedInstant(text: string, local: number, zone: string): Instant {
  const format = formatOf(text, zone);
  const candidates = [local - offsetAt(format, local - DAY), local - offsetAt(format, local + DAY)];
  const shown = candidates.filter((candidate) => candidate + offsetAt(format, candidate) === local);
  if (shown.length === 0) throw timerInvalid(text, `clocks in ${zone} skip this time`);
  return Math.min(...shown);
}

function formatOf(text: string, zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw timerInvalid(text, `there is no zone ${zone}`);
  }
}

/** How far the zone is ahead of UTC, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, instant: Instant): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const days = daysFromCivil({ year: part('year'), month: part('month'), day: part('day') });
  const shown = days * DAY + part('hour') * HOUR + part('minute') * MINUTE + part('second') * SECOND;
  return shown - Math.floor(instant / SECOND) * SECOND;
}
