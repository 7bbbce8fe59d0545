import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('intermediate none event', () => {
  it('lets the token pass', () => {
    expect(play(process('p').start().throwNone('milestone').end()).start().trace).toEqual(['start', 'milestone', 'end', 'completed']);
  });
});
