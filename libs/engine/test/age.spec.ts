import { describe, expect, it } from 'vitest';
import { compile, newInstance, step } from '@baton/engine';
import type { Command, Event } from '@baton/engine';
import { process, tinyExpressions } from '@baton/engine/testing';

// Features: E-11, R-05

/** What a step costs depends on what is alive, not on what has been: `node bench/engine-age.mjs` prints the time. */
describe('an instance that has lived long', () => {
  const review = compile(
    process('review').start().exclusive('again').userTask('ask').scriptTask('count', '{ n: n + 1 }').to('again').build(),
    {
      expressions: tinyExpressions,
    },
  );

  it('has a state no larger, and steps no longer, than when it was young', () => {
    const instance = newInstance();
    const at = (round: number): Command => ({ type: 'completeUserTask', at: 0, key: instance.elements.at(-1)!.key, variables: { round } });
    const sizes: number[] = [];
    const lengths: number[] = [];
    step(review, instance, { type: 'start', at: 0, variables: { n: 10_000 } });
    for (let round = 0; round < 20_000; round++) {
      const events: readonly Event[] = step(review, instance, at(10_000 + round)).events;
      if (round === 100 || round === 19_999) {
        sizes.push(JSON.stringify(instance).length);
        lengths.push(events.length);
      }
    }
    const [young, old] = sizes;
    expect(Math.abs(old! - young!)).toBeLessThan(20); // keys and counters have a few more digits
    expect(lengths[0]).toBe(lengths[1]);
  });
});
