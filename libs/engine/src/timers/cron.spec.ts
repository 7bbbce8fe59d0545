import { afterEach, describe, expect, it, vi } from 'vitest';
import { formatInstant } from './calendar.js';
import { parseInstant } from './instant.js';
import { firstFiring, nextFiring } from './timer.js';
import type { Firing } from './timer.js';
import { weekdaysFromQuartz } from './cron.js';

// Features: E-04, T-02

/** The next firings of a cron line after a moment, without seconds where there are none. */
function firings(line: string, after: string, count: number): readonly string[] {
  const found: string[] = [];
  for (let firing: Firing | undefined = firstFiring('cycle', line, parseInstant(after)); firing && found.length < count;) {
    found.push(formatInstant(firing.dueAt).replace(/(?::00)?\.000Z$/, ''));
    firing = nextFiring(firing);
  }
  return found;
}

describe('a cron line', () => {
  // Sunday, 1 March 2026.
  const now = '2026-03-01T10:00:00Z';

  it.each([
    ['0 0 9-17 * * MON-FRI', ['2026-03-02T09:00', '2026-03-02T10:00']],
    ['30 9 * * 1-5', ['2026-03-02T09:30', '2026-03-03T09:30']],
    ['*/20 * * * *', ['2026-03-01T10:20', '2026-03-01T10:40']],
    ['15/20 * * * * ?', ['2026-03-01T10:00:15', '2026-03-01T10:00:35', '2026-03-01T10:00:55', '2026-03-01T10:01:15']],
    [
      '0 0 22-2 * * *',
      ['2026-03-01T22:00', '2026-03-01T23:00', '2026-03-02T00:00', '2026-03-02T01:00', '2026-03-02T02:00', '2026-03-02T22:00'],
    ],
    ['0 0 8,20 1,15 jan,Jul ?', ['2026-07-01T08:00', '2026-07-01T20:00', '2026-07-15T08:00']],
    ['0 0 9 ? * FRI-MON', ['2026-03-02T09:00', '2026-03-06T09:00', '2026-03-07T09:00', '2026-03-08T09:00', '2026-03-09T09:00']],
    ['0 0 12 29 2 *', ['2028-02-29T12:00', '2032-02-29T12:00']],
    ['0 0 12 29 2 MON', ['2044-02-29T12:00']],
    ['0 0 9 * * 0', ['2026-03-08T09:00']],
    ['0 0 9 * * 7', ['2026-03-08T09:00']],
    ['0 0 9 * * 5-7', ['2026-03-06T09:00', '2026-03-07T09:00', '2026-03-08T09:00', '2026-03-13T09:00']],
  ])('%s fires at %j', (line, expected) => {
    expect(firings(line, now, expected.length)).toEqual(expected);
  });

  it.each([
    ['0 0 9 L * *', ['2026-03-31T09:00', '2026-04-30T09:00']],
    ['0 0 9 L-3 * *', ['2026-03-28T09:00', '2026-04-27T09:00']],
    ['0 0 9 LW * *', ['2026-03-31T09:00', '2026-04-30T09:00', '2026-05-29T09:00']],
    [
      '0 0 9 15W * *',
      ['2026-03-16T09:00', '2026-04-15T09:00', '2026-05-15T09:00', '2026-06-15T09:00', '2026-07-15T09:00', '2026-08-14T09:00'],
    ],
    ['0 0 9 1W 8 *', ['2026-08-03T09:00']],
    ['0 0 9 31W 5 *', ['2026-05-29T09:00']],
    ['0 0 9 1,L * ?', ['2026-03-31T09:00', '2026-04-01T09:00']],
    ['0 0 9 ? * FRIL', ['2026-03-27T09:00', '2026-04-24T09:00']],
    ['0 0 9 ? * 5L', ['2026-03-27T09:00']],
    ['0 0 9 ? * MON#2', ['2026-03-09T09:00', '2026-04-13T09:00']],
    ['0 0 9 ? * MON#5', ['2026-03-30T09:00', '2026-06-29T09:00']],
    ['0 0 9 ? * MON#1,FRIL', ['2026-03-02T09:00', '2026-03-27T09:00']],
  ])('%s counts within the month: %j', (line, expected) => {
    expect(firings(line, now, expected.length)).toEqual(expected);
  });

  it.each([
    ['@hourly', '2026-03-01T11:00'],
    ['@daily', '2026-03-02T00:00'],
    ['@midnight', '2026-03-02T00:00'],
    ['@weekly', '2026-03-08T00:00'],
    ['@monthly', '2026-04-01T00:00'],
    ['@yearly', '2027-01-01T00:00'],
    ['@annually', '2027-01-01T00:00'],
  ])('%s fires next at %s', (line, expected) => {
    expect(firings(line, now, 1)).toEqual([expected]);
  });

  it('wants either day in the Unix form, both in the others', () => {
    expect(firings('0 9 13 * FRI', now, 3)).toEqual(['2026-03-06T09:00', '2026-03-13T09:00', '2026-03-20T09:00']);
    expect(firings('0 0 9 13 * FRI', now, 2)).toEqual(['2026-03-13T09:00', '2026-11-13T09:00']);
    expect(firings('0 9 */2 * FRI', now, 2)).toEqual(['2026-03-13T09:00', '2026-03-27T09:00']);
  });

  it('with a year is Quartz’s: it ends, and its weekdays count from Sunday, 1', () => {
    expect(firings('0 0 9 ? 3 2 2026', now, 9)).toEqual([
      '2026-03-02T09:00',
      '2026-03-09T09:00',
      '2026-03-16T09:00',
      '2026-03-23T09:00',
      '2026-03-30T09:00',
    ]);
    expect(firings('0 0 9 1 1 ? 2030/10', now, 2)).toEqual(['2030-01-01T09:00', '2040-01-01T09:00']);
    expect(firings('0 0 9 ? 3 SAT-SUN *', now, 2)).toEqual(['2026-03-07T09:00', '2026-03-08T09:00']);
  });

  it('fires strictly later than it last did, and keeps its text', () => {
    const first = firstFiring('cycle', '0 0 10 * * *', parseInstant(now));

    expect(first).toEqual({ dueAt: parseInstant('2026-03-02T10:00Z'), repetitions: -1, interval: '0 0 10 * * *' });
    expect(nextFiring(first)).toEqual({ ...first, dueAt: parseInstant('2026-03-03T10:00Z') });
    expect(firings('* * * * * *', '2026-03-01T10:00:00.500Z', 1)).toEqual(['2026-03-01T10:00:01']);
  });

  it.each([
    ['0 75 9 * * *', '75 is no minute: expected 0–59'],
    ['0 0 9 * * FUN', '“FUN” is no day of the week: expected 0–7 or a name such as SUN'],
    ['0 0 9 0 * *', '0 is no day of the month'],
    ['0 0 9 * 13 *', '13 is no month'],
    ['0 0/0 9 * * *', 'the step of 0/0 is 0'],
    ['0 0 9 * * L', 'the last Friday is FRIL'],
    ['0 0 9 LX * *', 'the last one is L'],
    ['0 0 9 * * MON#6', 'the second Monday is MON#2'],
    ['0 0 9 32W * *', '32 is no day of the month'],
    ['? 0 9 * * *', '“?” is no second'],
    ['0 0 9 , * *', '“” is no day of the month'],
    ['0 9 * *', 'a cron line has 5, 6 or 7 fields, not 4; for example 0 0 9 * * MON-FRI'],
    ['0 0 9 * * * * *', 'a cron line has 5, 6 or 7 fields, not 8'],
    ['@fortnightly', 'there is no @fortnightly; there are @yearly'],
    ['@constructor', 'there is no @constructor'],
    ['0 0 0 30 2 *', 'there is no such day to come'],
    ['0 0 0 1 1 ? 2020', 'there is no such day to come'],
    ['CRON_TZ=Europe/Atlantis 0 0 9 * * *', 'there is no zone Europe/Atlantis'],
  ])('“%s” is none: %s', (line, why) => {
    expect(() => firstFiring('cycle', line, parseInstant(now))).toThrowError(why);
    expect(() => firstFiring('cycle', line, parseInstant(now))).toThrowError(expect.objectContaining({ code: 'timer-invalid' }));
  });
});

describe('a cron line in a zone', () => {
  it.each([
    'CRON_TZ=Europe/Berlin 0 0 9 * * *',
    'TZ=Europe/Berlin 0 9 * * *',
    '0 0 9 * * *[Europe/Berlin]',
    '0 0 9 * * * [Europe/Berlin]',
    '0 9 * * *@Europe/Berlin',
  ])('%s means the clocks there, in winter and in summer', (line) => {
    expect(firings(line, '2026-03-27T12:00Z', 3)).toEqual(['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00']);
  });

  it('knows macros too', () => {
    expect(firings('@daily[America/New_York]', '2026-07-01T12:00Z', 1)).toEqual(['2026-07-02T04:00']);
    expect(firings('CRON_TZ=Asia/Kolkata @daily', '2026-07-01T12:00Z', 1)).toEqual(['2026-07-01T18:30']);
  });

  // Berlin: on 29 March 2026 clocks go from 02:00 to 03:00 (01:00 UTC), on 25 October from 03:00 back to 02:00 (01:00 UTC).
  it('does not skip the day whose hour is missing: it fires when the clocks change', () => {
    expect(firings('CRON_TZ=Europe/Berlin 0 30 2 * * *', '2026-03-27T12:00Z', 3)).toEqual([
      '2026-03-28T01:30',
      '2026-03-29T01:00',
      '2026-03-30T00:30',
    ]);
  });

  it('fires once for several times in the missing hour, and the first hour after it', () => {
    expect(firings('CRON_TZ=Europe/Berlin 0 */20 1-3 * * *', '2026-03-29T00:20Z', 4)).toEqual([
      '2026-03-29T00:40',
      '2026-03-29T01:00',
      '2026-03-29T01:20',
      '2026-03-29T01:40',
    ]);
  });

  it('fires once in the hour that comes twice, the first time', () => {
    expect(firings('CRON_TZ=Europe/Berlin 0 30 2 * * *', '2026-10-24T12:00Z', 2)).toEqual(['2026-10-25T00:30', '2026-10-26T01:30']);
    expect(firings('CRON_TZ=Europe/Berlin 0 0,30 2,3 * * *', '2026-10-24T23:00Z', 4)).toEqual([
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T02:00',
      '2026-10-25T02:30',
    ]);
  });

  it('started within the second of two equal hours, waits for the next new time', () => {
    expect(firings('CRON_TZ=Europe/Berlin 0 30 2 * * *', '2026-10-25T01:10Z', 1)).toEqual(['2026-10-26T01:30']);
    expect(firings('CRON_TZ=Europe/Berlin * * 2,3 * * *', '2026-10-25T01:10Z', 1)).toEqual(['2026-10-25T02:00']);
  });

  it('for every hour goes on evenly through both changes', () => {
    const spring = firings('CRON_TZ=Europe/Berlin 0 */30 * * * *', '2026-03-28T23:59Z', 6);
    const autumn = firings('CRON_TZ=Europe/Berlin 0 */30 * * * *', '2026-10-24T23:59Z', 6);
    const times = ['00:00', '00:30', '01:00', '01:30', '02:00', '02:30'];

    expect(spring).toEqual(times.map((time) => `2026-03-29T${time}`));
    expect(autumn).toEqual(times.map((time) => `2026-10-25T${time}`));
  });

  it('fires when a whole day is missing', () => {
    // Samoa went over the date line: after 29 December 2011 came the 31st.
    expect(firings('CRON_TZ=Pacific/Apia 0 0 9 * * *', '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29T19:00',
      '2011-12-30T10:00',
      '2011-12-30T19:00',
    ]);
  });

  it.each([
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'America/St_Johns',
  ])('fires once on every day of the year in %s, whatever its clocks do', (zone) => {
    const shown = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    for (const time of ['0 0 0', '0 30 0', '0 30 1', '0 15 2', '0 0 3']) {
      const line = `CRON_TZ=${zone} ${time} * * *`;
      let firing = firstFiring('cycle', line, parseInstant(`2018-01-01T12:00[${zone}]`));
      for (let day = Date.UTC(2018, 0, 2); day < Date.UTC(2019, 0, 1); day += 86_400_000) {
        expect(`${line} ${shown.format(firing.dueAt)}`).toBe(`${line} ${new Date(day).toISOString().slice(0, 10)}`);
        const next = nextFiring(firing);
        expect(next!.dueAt).toBeGreaterThan(firing.dueAt);
        firing = next!;
      }
    }
  });
});

describe('the next time of a cron line', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('is found where there is no clock, and is the same every time it is asked', () => {
    vi.stubGlobal('Date', undefined);
    const lines = ['*/7 * * * *', 'CRON_TZ=Asia/Tokyo 0 0 9 LW * ?', '0 30 2 * * SUN[Europe/Berlin]'];
    const ask = () => lines.map((line) => firings(line, '2026-03-27T12:00Z', 3));

    expect(ask()).toEqual(ask());
    expect(ask()[1]).toEqual(['2026-03-31T00:00', '2026-04-30T00:00', '2026-05-29T00:00']);
  });
});

describe('numbered weekdays of Quartz', () => {
  it.each([
    ['0 0 9 ? * 2-6', '0 0 9 ? * MON-FRI'],
    ['0 0 9 ? * 1,7', '0 0 9 ? * SUN,SAT'],
    ['0 0 9 ? * 2#1', '0 0 9 ? * MON#1'],
    ['0 0 9 ? * 6L', '0 0 9 ? * FRIL'],
    ['0 0 9 ? * 2/2', '0 0 9 ? * MON/2'],
    ['0 0/5 9 1-5 2 ?', '0 0/5 9 1-5 2 ?'],
    ['CRON_TZ=Europe/Berlin 0 0 9 ? * 2', 'CRON_TZ=Europe/Berlin 0 0 9 ? * MON'],
    ['R3/PT10M', 'R3/PT10M'],
  ])('%s is %s', (quartz, ours) => {
    expect(weekdaysFromQuartz(quartz)).toBe(ours);
  });
});
