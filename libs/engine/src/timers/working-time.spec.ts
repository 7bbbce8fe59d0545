import { describe, expect, it } from 'vitest';
import { formatInstant } from './calendar.js';
import { parseDuration } from './duration.js';
import { parseInstant } from './instant.js';
import { addWorkingTime } from './working-time.js';
import type { Calendar, WorkingHours } from './working-time.js';

// Features: H-07, H-11

const office: readonly WorkingHours[] = [
  [9 * 60, 12 * 60],
  [13 * 60, 18 * 60],
];
/** Working days from nine to six with an hour's break, on Fridays until two; closed at Easter and on Labor Day. */
const berlin: Calendar = {
  zone: 'Europe/Berlin',
  workingHours: { monday: office, tuesday: office, wednesday: office, thursday: office, friday: [[9 * 60, 14 * 60]] },
  holidays: ['2026-04-03', '2026-04-06', '2026-05-01'],
};

/** From and to as Berlin's clocks show them. */
function after(from: string, duration: string, calendar = berlin): string {
  const due = addWorkingTime(parseInstant(`${from}[${calendar.zone}]`), parseDuration(duration), calendar);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: calendar.zone, dateStyle: 'short', timeStyle: 'short' })
    .format(due)
    .replace(' ', 'T');
}

describe('working time', () => {
  // Monday, 2 March 2026.
  it.each([
    ['2026-03-02T10:00', 'PT1H', '2026-03-02T11:00', 'passes while people work'],
    ['2026-03-02T11:00', 'PT2H', '2026-03-02T14:00', 'stands still in the break'],
    ['2026-03-02T11:00', 'PT1H', '2026-03-02T12:00', 'may end at closing time'],
    ['2026-03-02T17:00', 'PT2H', '2026-03-03T10:00', 'goes on in the morning'],
    ['2026-03-06T13:30', 'PT1H', '2026-03-09T09:30', 'goes on after the weekend'],
    ['2026-03-07T11:00', 'PT1H', '2026-03-09T10:00', 'begins when work begins'],
    ['2026-03-02T06:00', 'PT0S', '2026-03-02T09:00', 'of nothing is the next working moment'],
    ['2026-03-02T18:00', 'PT0S', '2026-03-02T18:00', 'counts closing time as of the day'],
    ['2026-03-02T09:00', 'PT37H', '2026-03-06T14:00', 'of a whole week ends on Friday'],
    ['2026-03-02T09:00', 'PT37H0.5S', '2026-03-09T09:00', 'of little more ends on Monday'],
  ])('from %s, %s ends at %s: it %s', (from, duration, to) => {
    expect(after(from, duration)).toBe(to);
  });

  it.each([
    ['2026-04-02T17:00', 'PT2H', '2026-04-07T10:00', 'Good Friday and Easter Monday'],
    ['2026-04-02T11:00', 'P1D', '2026-04-07T11:00', 'the same, by days'],
    ['2026-04-03T10:00', 'PT1H', '2026-04-07T10:00', 'beginning on a holiday'],
    ['2026-04-03T10:00', 'P1D', '2026-04-08T09:00', 'a day after a holiday'],
    ['2026-04-24T10:00', 'P1W', '2026-05-04T09:00', 'a week that ends on a holiday'],
  ])('from %s, %s ends at %s: holidays are free (%s)', (from, duration, to) => {
    expect(after(from, duration)).toBe(to);
  });

  it.each([
    ['2026-03-02T10:00', 'P1D', '2026-03-03T10:00', 'a day is a working day'],
    ['2026-03-06T10:00', 'P2D', '2026-03-10T10:00', 'over the weekend'],
    ['2026-03-05T16:00', 'P1D', '2026-03-09T09:00', 'a Friday that is over earlier'],
    ['2026-03-02T10:00', 'P1DT9H', '2026-03-04T11:00', 'then hours'],
    ['2026-03-03T10:00', 'P1W', '2026-03-10T10:00', 'a week is by the calendar'],
    ['2026-01-30T10:00', 'P1M', '2026-03-02T09:00', 'a month too: 28 February is a Saturday'],
  ])('from %s, %s ends at %s: %s', (from, duration, to) => {
    expect(after(from, duration)).toBe(to);
  });

  it('means the clocks of the zone, in winter and in summer', () => {
    const friday = parseInstant('2026-03-27T12:00Z');

    expect(formatInstant(addWorkingTime(friday, parseDuration('PT1H30M'), berlin))).toBe('2026-03-30T07:30:00.000Z');
    expect(after('2026-03-26T10:00', 'P2D')).toBe('2026-03-30T10:00');
    expect(after('2026-10-22T10:00', 'P2D')).toBe('2026-10-26T10:00');
  });

  it('of a night shift is an hour shorter or longer when clocks change', () => {
    const nights: Calendar = { zone: 'Europe/Berlin', workingHours: { sunday: [[0, 6 * 60]] }, holidays: [] };

    expect(after('2026-03-22T00:00', 'PT6H', nights)).toBe('2026-03-22T06:00');
    expect(after('2026-03-29T00:00', 'PT5H', nights)).toBe('2026-03-29T06:00');
    expect(after('2026-03-29T00:00', 'PT6H', nights)).toBe('2026-04-05T01:00');
    expect(after('2026-10-25T00:00', 'PT7H', nights)).toBe('2026-10-25T06:00');
  });

  it('goes on through midnight where two days touch', () => {
    const night: Calendar = { zone: 'UTC', workingHours: { monday: [[22 * 60, 24 * 60]], tuesday: [[0, 6 * 60]] }, holidays: [] };

    expect(after('2026-03-02T23:00', 'PT2H', night)).toBe('2026-03-03T01:00');
    expect(after('2026-03-02T23:00', 'PT1H', night)).toBe('2026-03-03T00:00');
  });

  it.each([
    [{ ...berlin, workingHours: {} }, 'are there any working hours?'],
    [{ ...berlin, workingHours: { monday: [[540, 540]] } }, '540–540 on monday are no working hours'],
    [{ ...berlin, workingHours: { monday: [[540, 1_500]] } }, 'minutes after midnight'],
    [
      {
        ...berlin,
        workingHours: {
          monday: [
            [540, 720],
            [700, 900],
          ],
        },
      },
      'working hours overlap on monday',
    ],
    [{ ...berlin, holidays: ['25.12.2026'] }, '“25.12.2026” is no day; Christmas is 2026-12-25'],
    [{ ...berlin, zone: 'Europe/Atlantis' }, 'there is no zone Europe/Atlantis'],
  ] satisfies [Calendar, string][])('knows a calendar that is none (%#)', (calendar, why) => {
    expect(() => addWorkingTime(0, parseDuration('PT1H'), calendar)).toThrowError(why);
  });

  it('gives up on an end that is out of sight', () => {
    expect(() => after('2026-03-02T09:00', 'P9999999D')).toThrowError('more than 10000 days away');
    expect(() => after('2026-03-02T09:00', 'PT999999999H')).toThrowError('more than 10000 days away');
  });
});
