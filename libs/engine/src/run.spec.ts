import { describe, expect, it } from 'vitest';
import { play, process } from '../testing/index.js';
import { TRANSITIONS_PER_STEP_MAX, TRANSITIONS_WITHOUT_WAIT_MAX } from './run.js';

// Features: E-17

describe('tokens that arrived', () => {
  it('move first come, first served, along flows in document order', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .task('a')
        .task('a2')
        .end('e1')
        .from('fork')
        .task('b')
        .task('b2')
        .end('e2')
        .from('fork')
        .task('c')
        .end('e3'),
    ).start();

    expect(run.trace).toEqual(['start', 'fork', 'a', 'b', 'c', 'a2', 'b2', 'e3', 'e1', 'e2', 'completed']);
  });
});

describe('the budget of a step', () => {
  const count = (to: number) =>
    process('p')
      .start()
      .exclusive('merge')
      .scriptTask('inc', '{ i: i + 1 }')
      .exclusive('check')
      .when(`i < ${to}`)
      .to('merge')
      .from('check')
      .otherwise()
      .end();

  it('lets a long way go on in further steps', () => {
    const run = play(count(500)).start({ i: 0 });
    expect(run.status).toBe('active');
    expect(run.last.at(-1)).toEqual({ type: 'stepYielded', ready: [{ elementId: 'merge', scope: 0, via: 'check_to_merge' }] });
    expect(run.last.filter(({ type }) => type === 'elementPassed')).toHaveLength(TRANSITIONS_PER_STEP_MAX);

    run.send({ type: 'continue' });
    expect(run.status).toBe('completed');
    expect(run.state.ready).toEqual([]);
    expect(run.variables).toEqual({ i: 500 });
  });

  it('goes on too when another command comes first', () => {
    const beside = process('p')
      .start()
      .parallel('fork')
      .userTask('ask')
      .end()
      .from('fork')
      .exclusive('merge')
      .scriptTask('inc', '{ i: i + 1 }')
      .exclusive('check')
      .when('i < 500')
      .to('merge')
      .from('check')
      .otherwise()
      .end('done');
    const run = play(beside).start({ i: 0 });
    expect(run.state.ready).toHaveLength(1);

    run.complete('ask');
    expect(run.status).toBe('completed');
  });

  it('is forgotten when the instance is canceled', () => {
    const run = play(count(500)).start({ i: 0 }).cancel();

    expect(run.status).toBe('terminated');
    expect(run.state.ready).toEqual([]);
  });
});

describe('a loop that never waits', () => {
  it('stops with an incident, its token kept', { timeout: 60_000 }, () => {
    const run = play(process('p').start().exclusive('a').exclusive('b').to('a'));
    // Replaying the whole history after each of a hundred steps is another test's business.
    run.checksReplay = false;
    run.start();
    let steps = 1;
    for (; run.state.ready.length > 0; steps++) run.send({ type: 'continue' });

    expect(run.incidents).toEqual(['step-limit']);
    expect(run.waitingAt).toHaveLength(1);
    expect(steps).toBe(Math.ceil(TRANSITIONS_WITHOUT_WAIT_MAX / TRANSITIONS_PER_STEP_MAX) + 1);

    run.resolve(run.waitingAt[0]!);
    expect(run.state.ready).toHaveLength(1);
  });

  it('is told from one that waits each time', () => {
    const run = play(process('p').start().exclusive('merge').serviceTask('work').to('merge')).start();
    for (let round = 0; round < 10; round++) run.complete('work');

    expect(run.state.transitions).toBe(2);
  });
});
