import { describe, expect, it } from 'vitest';
import { play, process } from '@baton/engine/testing';

// Features: M-19, E-01, E-05

describe('basic control flow', () => {
  it('WCP-01 Sequence: a task begins when the one before it has ended', () => {
    const run = play(process('p').start().userTask('a').userTask('b').end()).start();

    expect(run.waitingAt).toEqual(['a']);
    expect(run.complete('a').waitingAt).toEqual(['b']);
  });

  it('WCP-02 Parallel Split: one thread becomes several that run beside each other', () => {
    const model = process('p').start().parallel('split').userTask('a').end().from('split').userTask('b').end('e2');
    const run = play(model).start();

    expect(run.waitingAt).toEqual(['a', 'b']);
    expect(run.complete('b').waitingAt).toEqual(['a']);
  });

  it('WCP-03 Synchronization: what follows begins once, when every branch has ended', () => {
    const model = process('p')
      .start()
      .parallel('split')
      .userTask('a')
      .parallel('join')
      .userTask('next')
      .end()
      .from('split')
      .userTask('b')
      .to('join');
    const run = play(model).start().complete('a');

    expect(run.waitingAt).toEqual(['b', 'join']);
    expect(run.complete('b').waitingAt).toEqual(['next']);
  });

  it('WCP-04 Exclusive Choice: exactly one branch is taken, also where several conditions are true', () => {
    const model = process('p')
      .start()
      .exclusive('choice')
      .when('n > 10')
      .userTask('large')
      .end()
      .from('choice')
      .when('n > 5')
      .userTask('medium')
      .end('e2')
      .from('choice')
      .otherwise()
      .userTask('small')
      .end('e3');

    expect(play(model).start({ n: 11 }).waitingAt).toEqual(['large']);
    expect(play(model).start({ n: 6 }).waitingAt).toEqual(['medium']);
    expect(play(model).start({ n: 1 }).waitingAt).toEqual(['small']);
  });

  it('WCP-05 Simple Merge: alternative branches go on in one, without waiting for each other', () => {
    const model = process('p')
      .start()
      .exclusive('choice')
      .when('quick = true')
      .task('call')
      .exclusive('merge')
      .userTask('next')
      .end()
      .from('choice')
      .otherwise()
      .task('write')
      .to('merge');

    for (const quick of [true, false]) expect(play(model).start({ quick }).waitingAt).toEqual(['next']);
  });
});
