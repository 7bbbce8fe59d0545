import { describe, expect, it } from 'vitest';
import { play, process } from '@baton/engine/testing';
import type { ProcessBuilder } from '@baton/engine/testing';

// Features: M-19, E-02, E-05

/** Any number of two branches; the second may end before the merge, or go round once more. */
function twoBranches(): ProcessBuilder {
  return process('p')
    .start()
    .inclusive('choice')
    .when('x > 0')
    .userTask('a')
    .inclusive('merge')
    .userTask('next')
    .end()
    .from('choice')
    .when('y > 0')
    .exclusive('begin')
    .userTask('b')
    .exclusive('how')
    .when('how = "stop"')
    .end('stopped')
    .from('how')
    .when('how = "again"')
    .to('begin')
    .from('how')
    .otherwise()
    .to('merge');
}

describe('branching and merging', () => {
  it('WCP-06 Multi-Choice: every branch whose condition is true is taken', () => {
    const model = twoBranches();

    expect(play(model).start({ x: 1, y: 1 }).waitingAt).toEqual(['a', 'b']);
    expect(play(model).start({ x: 1, y: 0 }).waitingAt).toEqual(['a']);
    expect(play(model).start({ x: 0, y: 1 }).waitingAt).toEqual(['b']);
  });

  it('WCP-07 Structured Synchronizing Merge: the merge waits for the branches that were taken, and for no others', () => {
    const both = play(twoBranches()).start({ x: 1, y: 1, how: 'on' }).complete('a');
    expect(both.waitingAt).toEqual(['b', 'merge']);
    expect(both.complete('b').waitingAt).toEqual(['next']);

    const one = play(twoBranches()).start({ x: 1, y: 0 });
    expect(one.complete('a').waitingAt).toEqual(['next']);
  });

  it('WCP-08 Multi-Merge: what follows begins once for every branch that arrives', () => {
    const model = process('p')
      .start()
      .parallel('split')
      .userTask('a')
      .exclusive('merge')
      .userTask('next')
      .end()
      .from('split')
      .userTask('b')
      .to('merge');
    const run = play(model).start().complete('a');

    expect(run.waitingAt).toEqual(['b', 'next']);
    expect(run.complete('b').waitingAt).toEqual(['next', 'next']);
  });

  it('WCP-33 Generalised AND-Join: threads that come early on one branch wait for their partners of later rounds', () => {
    const model = process('p')
      .start()
      .parallel('split')
      .task('twoOfA', { completionQuantity: 2 })
      .userTask('a')
      .parallel('join')
      .userTask('next')
      .end()
      .from('split')
      .task('twoOfB', { completionQuantity: 2 })
      .userTask('b')
      .to('join');
    const run = play(model).start().complete('a').complete('a');

    expect(run.waitingAt).toEqual(['b', 'b', 'join', 'join']);
    expect(run.complete('b').waitingAt).toEqual(['b', 'join', 'next']);
    expect(run.complete('b').waitingAt).toEqual(['next', 'next']);
  });

  it('WCP-37 Local Synchronizing Merge: a branch that can no longer arrive is not waited for', () => {
    const run = play(twoBranches()).start({ x: 1, y: 1, how: 'stop' }).complete('a');

    expect(run.waitingAt).toEqual(['b', 'merge']);
    expect(run.complete('b').waitingAt).toEqual(['next']);
  });

  it('WCP-38 General Synchronizing Merge: a branch that goes round in a loop is waited for as long as it may arrive', () => {
    const run = play(twoBranches()).start({ x: 1, y: 1, how: 'again' }).complete('a').complete('b').complete('b');

    expect(run.waitingAt).toEqual(['merge', 'b']);
    expect(run.setVariables({ how: 'on' }).complete('b').waitingAt).toEqual(['next']);
    expect(run.trace.filter((elementId) => elementId === 'next')).toHaveLength(1);
  });

  it('WCP-41 Thread Merge: a given number of threads on one branch become one', () => {
    const model = process('p')
      .start()
      .task('three', { completionQuantity: 3 })
      .userTask('a')
      .task('merge', { startQuantity: 3 })
      .userTask('next')
      .end();
    const run = play(model).start().complete('a').complete('a');

    expect(run.waitingAt).toEqual(['a', 'merge', 'merge']);
    expect(run.complete('a').waitingAt).toEqual(['next']);
  });

  it('WCP-42 Thread Split: one thread becomes a given number of threads on one branch', () => {
    const run = play(process('p').start().task('split', { completionQuantity: 3 }).userTask('a').end()).start();

    expect(run.waitingAt).toEqual(['a', 'a', 'a']);
    expect(run.complete('a').complete('a').status).toBe('active');
    expect(run.complete('a').status).toBe('completed');
  });
});
