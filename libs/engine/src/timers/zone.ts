import type { Instant } from '../model.js';
import { DAY, daysFromCivil, HOUR, MINUTE, SECOND } from './calendar.js';
import { remember } from './remember.js';
import { timerInvalid } from './timer-invalid.js';

/**
 * What the clocks of a zone show. A *local* time is a reading of them, counted as if it were UTC.
 *
 * The rules are those of the platform (`Intl`), which asks no clock: only the instant it is given. What comes of
 * them is stored in an event, so a later change of the rules changes no history.
 */
export interface Zone {
  readonly name: string;
  /** How far its clocks are ahead of UTC, in milliseconds. */
  offsetAt(instant: Instant): number;
}

export const UTC: Zone = { name: 'UTC', offsetAt: () => 0 };

const known = remember((name: string): Zone => (name === 'UTC' ? UTC : new PlatformZone(name)));

/** @throws EvaluationFailed `timer-invalid` for an unknown zone; `text` is the timer that names it. */
export function zoneOf(text: string, name: string): Zone {
  try {
    return known(name);
  } catch {
    throw timerInvalid(text, `there is no zone ${name}; zones are written like Europe/Berlin`);
  }
}

/**
 * The instant at which a zone's clocks show a local time; the earlier one when they show it twice.
 *
 * @throws EvaluationFailed `timer-invalid` for an unknown zone, or a time the zone's clocks skip.
 */
export function zonedInstant(text: string, local: number, name: string): Instant {
  const zone = zoneOf(text, name);
  const instant = instantOf(zone, local);
  if (localAt(zone, instant) !== local) throw timerInvalid(text, `clocks in ${name} skip this time`);
  return instant;
}

/** What the zone's clocks show at an instant. */
export function localAt(zone: Zone, instant: Instant): number {
  return instant + zone.offsetAt(instant);
}

/**
 * When the zone's clocks first show a local time or a later one.
 *
 * For a time they show twice the earlier instant, for one they skip the moment of the change: so a later local
 * time never gives an earlier instant.
 */
export function instantOf(zone: Zone, local: number): Instant {
  const [before, after] = [zone.offsetAt(local - DAY), zone.offsetAt(local + DAY)];
  if (before === after) return local - before;
  const [earlier, later] = [local - Math.max(before, after), local - Math.min(before, after)];
  if (localAt(zone, earlier) === local) return earlier;
  return localAt(zone, later) === local ? later : changeBetween(zone, earlier, later);
}

/** The first instant after a change of the clocks. The offsets at `from` and `to` must differ. */
export function changeBetween(zone: Zone, from: Instant, to: Instant): Instant {
  const offset = zone.offsetAt(from);
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offsetAt(middle) === offset) low = middle;
    else high = middle;
  }
  return high;
}

class PlatformZone implements Zone {
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError for an unknown zone. */
  constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  offsetAt(instant: Instant): number {
    const parts = new Map(this.format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const days = daysFromCivil({ year: part('year'), month: part('month'), day: part('day') });
    const shown = days * DAY + part('hour') * HOUR + part('minute') * MINUTE + part('second') * SECOND;
    return shown - Math.floor(instant / SECOND) * SECOND;
  }
}
