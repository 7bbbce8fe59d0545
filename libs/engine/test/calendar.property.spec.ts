import { expect, it } from 'vitest';
import { seededRandom } from '@baton/engine/testing';
import { addMonths, civilFromDays, daysFromCivil, formatInstant } from '@baton/engine';

const { SEED } = globalThis.process.env;
const seeds = SEED === undefined ? [...Array(20).keys()] : [Number(SEED)];

/** JavaScript's own calendar is the oracle; the engine may not use it, its tests may. */
it.each(seeds)('our calendar agrees with JavaScript’s (SEED=%i)', (seed) => {
  const random = seededRandom(seed);
  for (let round = 0; round < 200; round++) {
    const instant = Math.floor((random() - 0.2) * 200_000_000_000_000);
    expect(formatInstant(instant).padStart(24, '0')).toBe(new Date(instant).toISOString());
    const days = Math.floor(instant / 86_400_000);
    expect(daysFromCivil(civilFromDays(days))).toBe(days);

    const months = Math.floor(random() * 50);
    const moved = new Date(instant);
    const day = moved.getUTCDate();
    moved.setUTCDate(1);
    moved.setUTCMonth(moved.getUTCMonth() + months);
    moved.setUTCDate(Math.min(day, new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate()));
    expect(addMonths(instant, months)).toBe(moved.getTime());
  }
});
