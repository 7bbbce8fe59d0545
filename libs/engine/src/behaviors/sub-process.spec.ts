import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('embedded sub-process', () => {
  const pack = process('p')
    .start()
    .subProcess('pack', (inside) =>
      inside.start('in').parallel('split').userTask('wrap').end('out').from('split').userTask('label').end('out2'),
    )
    .userTask('ship')
    .end();

  it('leaves when no token is left inside', () => {
    const run = play(pack).start();
    expect(run.waitingAt).toEqual(['pack', 'wrap', 'label']);

    expect(run.complete('wrap').waitingAt).toEqual(['pack', 'label']);
    expect(run.complete('label').waitingAt).toEqual(['ship']);
    expect(run.state.scopes.map(({ key }) => key)).toEqual([0]);
  });

  it('keeps its own variables inside, and lets others out', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'), { inputs: { paper: '"red"' } })
        .userTask('ship')
        .end(),
    ).start({ size: 1 });

    run.complete('wrap', { paper: 'blue', size: 2, weight: 3 });
    expect(run.variables).toEqual({ size: 2, weight: 3 });
  });

  it('with outputs lets out only those', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'), {
          inputs: { paper: '"red"' },
          outputs: { used: 'paper' },
        })
        .userTask('ship')
        .end(),
    ).start();

    expect(run.complete('wrap', { paper: 'blue' }).variables).toEqual({ used: 'blue' });
  });

  it('opens one scope for each token that arrives', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .task('a')
        .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'))
        .end()
        .from('fork')
        .task('b')
        .to('pack'),
    ).start();
    expect(run.waitingAt).toEqual(['pack', 'pack', 'wrap', 'wrap']);

    expect(run.complete('wrap').status).toBe('active');
    expect(run.complete('wrap').status).toBe('completed');
  });

  it('begins at every element without a way in when it has no start event', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('pack', (inside) => inside.userTask('wrap').elsewhere().userTask('label'))
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['pack', 'wrap', 'label']);
  });

  it('nests', () => {
    const nested = process('p')
      .start()
      .subProcess('outer', (outside) =>
        outside
          .start('s1')
          .subProcess('inner', (inside) => inside.start('s2').userTask('deep').end('e2'))
          .end('e1'),
      )
      .end();

    expect(play(nested).start().complete('deep').trace).toEqual([
      'start',
      'outer',
      's1',
      'inner',
      's2',
      'deep',
      'e2',
      'e1',
      'end',
      'completed',
    ]);
  });
});
