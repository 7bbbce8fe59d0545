import { describe, expect, it } from 'vitest';
import type { ExpressionPort } from '@baton/engine';
import { play, process, tinyExpressions } from '@baton/engine/testing';
import type { ActivityOptions, ProcessBuilder } from '@baton/engine/testing';

// Features: M-19, E-02, E-05

/** In FEEL: `count([a_to_join, b_to_join, c_to_join][item > 0]) >= 2`, which is more than the test language can say. */
const TWO_BRANCHES = 'branches';
const countingBranches: ExpressionPort = {
  compile(expression) {
    if (expression.text !== TWO_BRANCHES) return tinyExpressions.compile(expression);
    return {
      evaluate(scope) {
        const branches = ['a_to_join', 'b_to_join', 'c_to_join'].filter((flow) => scope.get(flow) !== 0);
        return { value: branches.length >= 2, reads: {}, warnings: [] };
      },
    };
  },
};

/** Three branches meet at a complex gateway; `a` can be made to run twice. */
function threeBranches(activationCondition?: string, beforeA: ActivityOptions = {}): ProcessBuilder {
  return process('p')
    .start()
    .parallel('split')
    .task('beforeA', beforeA)
    .userTask('a')
    .complex('join', activationCondition)
    .userTask('next')
    .end()
    .from('split')
    .userTask('b')
    .to('join')
    .from('split')
    .userTask('c')
    .to('join');
}

/** The same inside a sub-process, which ends with the first thread that passes the gateway. */
function endedByTheJoin(activationCondition?: string): ProcessBuilder {
  return process('p')
    .start()
    .subProcess('region', (inside) =>
      inside
        .start('in')
        .parallel('split')
        .userTask('a')
        .complex('join', activationCondition)
        .terminate('enough')
        .from('split')
        .userTask('b')
        .to('join')
        .from('split')
        .userTask('c')
        .to('join'),
    )
    .userTask('next')
    .end();
}

describe('discriminators and partial joins', () => {
  it('WCP-09 Structured Discriminator: the first branch goes on, the others arrive without effect', () => {
    const run = play(threeBranches()).start().complete('b');

    expect(run.waitingAt).toEqual(['c', 'a', 'next']);
    expect(run.complete('a').complete('c').waitingAt).toEqual(['next']);
    expect(run.all('gatewayReset')).toHaveLength(1);
    expect(run.complete('next').status).toBe('completed');
  });

  it('WCP-28 Blocking Discriminator: a second thread on one branch is held until the round is over, then begins the next', () => {
    const run = play(threeBranches(undefined, { completionQuantity: 2 }))
      .start()
      .complete('a');
    expect(run.waitingAt).toEqual(['b', 'c', 'a', 'next']);

    run.complete('a').complete('b');
    expect(run.waitingAt.filter((elementId) => elementId === 'next')).toHaveLength(1);
    expect(run.waitingAt).toContain('join');
    expect(run.complete('c').waitingAt).toEqual(['next', 'next']);
  });

  it('WCP-29 Cancelling Discriminator: the first branch goes on, and the others are withdrawn', () => {
    const run = play(endedByTheJoin()).start().complete('b');

    expect(run.waitingAt).toEqual(['next']);
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['a', 'c']);
  });

  it('WCP-30 Structured Partial Join: after a given number of branches one thread goes on, the rest arrives without effect', () => {
    const run = play(threeBranches('activationCount >= 2')).start().complete('a');

    expect(run.waitingAt).toEqual(['b', 'c', 'join']);
    expect(run.complete('c').waitingAt).toEqual(['b', 'next']);
    expect(run.complete('b').waitingAt).toEqual(['next']);
  });

  it('WCP-31 Blocking Partial Join: a second thread on one branch is held until the round is over, and counts in the next', () => {
    const run = play(threeBranches(TWO_BRANCHES, { completionQuantity: 2 }), { expressions: countingBranches }).start();
    expect(run.complete('a').complete('a').waitingAt).toEqual(['b', 'c', 'join', 'join']);

    expect(run.complete('b').waitingAt).toEqual(['c', 'join', 'next']);
    run.complete('c');
    expect(run.all('gatewayReset')).toHaveLength(1);
    expect(run.waitingAt).toEqual(['join', 'next']);
  });

  it('WCP-32 Cancelling Partial Join: after a given number of branches one thread goes on, and the rest is withdrawn', () => {
    const run = play(endedByTheJoin('activationCount >= 2')).start().complete('b');

    expect(run.waitingAt).toEqual(['region', 'a', 'c', 'join']);
    expect(run.complete('a').waitingAt).toEqual(['next']);
  });
});
