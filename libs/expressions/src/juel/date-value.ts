/** A date inside a JUEL expression: an instant, shown and calculated in UTC. It leaves as ISO 8601 text. */
export class DateValue {
  constructor(private readonly instant: number) {}

  plus(amount: number, unit: DateUnit): DateValue {
    const fixed = MILLISECONDS[unit];
    if (fixed !== undefined) return new DateValue(this.instant + amount * fixed);
    return this.plusMonths(unit === 'years' ? amount * 12 : amount);
  }

  /** By the calendar: a month after 31 January is the last day of February. */
  private plusMonths(months: number): DateValue {
    const date = new Date(this.instant);
    const day = date.getUTCDate();
    date.setUTCDate(1);
    date.setUTCMonth(date.getUTCMonth() + months);
    const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, lastDay));
    return new DateValue(date.getTime());
  }

  valueOf(): number {
    return this.instant;
  }

  /** @throws RangeError for an instant outside of what a date can be. */
  toString(): string {
    return new Date(this.instant).toISOString();
  }
}

export type DateUnit = 'seconds' | 'minutes' | 'hours' | 'days' | 'weeks' | 'months' | 'years';

const MILLISECONDS: Readonly<Partial<Record<DateUnit, number>>> = {
  seconds: 1000,
  minutes: 60_000,
  hours: 3_600_000,
  days: 86_400_000,
  weeks: 7 * 86_400_000,
};
