import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('task', () => {
  it('is done as soon as it is reached', () => {
    const run = play(process('p').start().task('note').end()).start();

    expect(run.trace).toEqual(['start', 'note', 'end', 'completed']);
  });

  it('maps what its outputs say from what its inputs gave', () => {
    const run = play(
      process('p')
        .start()
        .task('note', { inputs: { local: 'a + 1' }, outputs: { out: 'local + 1' } })
        .end(),
    ).start({ a: 1 });

    expect(run.variables).toEqual({ a: 1, out: 3 });
  });
});
