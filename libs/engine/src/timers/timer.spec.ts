import { describe, expect, it } from 'vitest';
import { formatInstant } from './calendar.js';
import { parseInstant } from './instant.js';
import { firstFiring, nextFiring } from './timer.js';

const now = parseInstant('2026-01-31T09:00:00Z');

describe('an instant', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
    ['2026-03-01T09:30', '2026-03-01T09:30:00.000Z'],
    ['2026-03-01T09:30:15.25Z', '2026-03-01T09:30:15.250Z'],
    ['2026-03-01T09:30:00+01:00', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T09:30:00-0530', '2026-03-01T15:00:00.000Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000Z'],
    ['1969-12-31T23:59:59Z', '1969-12-31T23:59:59.000Z'],
    ['2026-07-01T09:00:00[Europe/Berlin]', '2026-07-01T07:00:00.000Z'],
    ['2026-01-01T09:00:00@America/New_York', '2026-01-01T14:00:00.000Z'],
    ['2026-10-25T02:30:00[Europe/Berlin]', '2026-10-25T00:30:00.000Z'],
  ])('%s is %s', (text, expected) => {
    expect(formatInstant(parseInstant(text))).toBe(expected);
    if (!/[[@]/.test(text) && text.includes('T') && /(Z|[+-]\d\d:\d\d)$/.test(text)) expect(parseInstant(text)).toBe(Date.parse(text));
  });

  it.each([
    '2026-02-30',
    '2025-02-29',
    '2026-13-01',
    '99999-01-01',
    '2026-03-01T24:00Z',
    '2026-03-01T09:60Z',
    'tomorrow',
    '',
    '2026-03-01T09:00+19:00',
  ])('“%s” is no instant', (text) => {
    expect(() => parseInstant(text)).toThrowError(/is not a valid timer/);
  });

  it('is not in the gap of a clock change, nor in a zone that is none', () => {
    expect(() => parseInstant('2026-03-29T02:30:00[Europe/Berlin]')).toThrowError('clocks in Europe/Berlin skip this time');
    expect(() => parseInstant('2026-03-29T02:30:00[Europe/Atlantis]')).toThrowError('there is no zone Europe/Atlantis');
  });
});

describe('a duration', () => {
  it.each([
    ['PT15M', '2026-01-31T09:15:00.000Z'],
    ['P1D', '2026-02-01T09:00:00.000Z'],
    ['P2W', '2026-02-14T09:00:00.000Z'],
    ['P1M', '2026-02-28T09:00:00.000Z'],
    ['P1Y1M', '2027-02-28T09:00:00.000Z'],
    ['P1MT1.5S', '2026-02-28T09:00:01.500Z'],
    ['PT0S', '2026-01-31T09:00:00.000Z'],
  ])('of %s ends at %s', (text, expected) => {
    expect(formatInstant(firstFiring('duration', text, now).dueAt)).toBe(expected);
  });

  it.each(['P', 'PT', 'P1DT', '-P1D', 'P-1D', '1D', 'PT1D', 'P9999Y', ''])('“%s” is no duration', (text) => {
    expect(() => firstFiring('duration', text, now)).toThrowError(/is not a valid timer/);
  });
});

describe('a repeating interval', () => {
  it('fires as often as it says, counted from when it was due', () => {
    const first = firstFiring('cycle', 'R3/PT10M', now);
    const second = nextFiring(first)!;
    const third = nextFiring(second)!;

    expect([first, second, third].map(({ dueAt }) => (dueAt - now) / 60_000)).toEqual([10, 20, 30]);
    expect(nextFiring(third)).toBeUndefined();
  });

  it('fires without end when it does not say', () => {
    expect(firstFiring('cycle', 'R/PT1H', now).repetitions).toBe(-1);
    expect(nextFiring(firstFiring('cycle', 'R-1/PT1H', now))!.repetitions).toBe(-1);
  });

  it('begins where it says', () => {
    expect(formatInstant(firstFiring('cycle', 'R5/2026-03-01T09:00Z/P1D', now).dueAt)).toBe('2026-03-01T09:00:00.000Z');
  });

  it('fires once and no more with one repetition', () => {
    expect(nextFiring(firstFiring('cycle', 'R1/PT10M', now))).toBeUndefined();
  });

  it.each(['R/PT0S', 'R/PT0.5S', 'R1000000/PT1S', 'R0/PT1H', 'PT10M', 'R3', 'R3/', 'R-2/PT1H', 'R3/PT1H/PT1H/PT1H', ''])(
    '“%s” is no interval',
    (text) => {
      expect(() => firstFiring('cycle', text, now)).toThrowError(/is not a valid timer/);
    },
  );
});
