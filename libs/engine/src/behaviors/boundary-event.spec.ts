import { describe, expect, it } from 'vitest';
import { play, PLAY_STARTS_AT, process } from '../../testing/index.js';

// Features: E-04, R-09

describe('boundary timer', () => {
  it('ends its activity when it interrupts', () => {
    const run = play(
      process('p').start().userTask('sign').end().boundaryTimer('late', 'sign', 'PT1H').userTask('remind').end('e2'),
    ).start();
    expect(run.waitingAt).toEqual(['sign']);

    run.fire('late');
    expect(run.waitingAt).toEqual(['remind']);
    expect(run.all('elementTerminated')).toMatchObject([{ elementId: 'sign' }]);
  });

  it('is gone when its activity is done', () => {
    const run = play(process('p').start().userTask('sign').userTask('file').end().boundaryTimer('late', 'sign', 'PT1H').end('e2'))
      .start()
      .complete('sign');

    expect(run.state.timers).toEqual([]);
  });

  it('runs beside its activity when it does not interrupt', () => {
    const run = play(
      process('p')
        .start()
        .userTask('sign')
        .end()
        .boundaryTimer('late', 'sign', 'PT1H', { interrupting: false })
        .userTask('remind')
        .end('e2'),
    ).start();

    expect(run.fire('late').waitingAt).toEqual(['sign', 'remind']);
    expect(run.state.timers).toEqual([]);
    expect(run.complete('sign').status).toBe('active');
    expect(run.complete('remind').status).toBe('completed');
  });

  it('fires again in a cycle, counted from when it was due', () => {
    const run = play(
      process('p')
        .start()
        .userTask('sign')
        .end()
        .boundaryTimer('late', 'sign', 'R3/PT10M', { interrupting: false, kind: 'cycle' })
        .task('remind')
        .end('e2'),
    ).start();

    run.clock = PLAY_STARTS_AT + 25 * 60_000; // the worker was asleep
    run.fire('late').fire('late').fire('late');
    expect(run.all('timerScheduled').map(({ dueAt, repetitions }) => [(dueAt - PLAY_STARTS_AT) / 60_000, repetitions])).toEqual([
      [10, 2],
      [20, 1],
      [30, 0],
    ]);
    expect(run.state.timers).toEqual([]);
    expect(run.waitingAt).toEqual(['sign']);
  });

  it('fires once when it interrupts, also in a cycle', () => {
    const run = play(
      process('p').start().userTask('sign').end().boundaryTimer('late', 'sign', 'R3/PT10M', { kind: 'cycle' }).end('e2'),
    ).start();
    expect(run.all('timerScheduled')[0]).not.toHaveProperty('repetitions');

    expect(run.fire('late').status).toBe('completed');
  });

  it('takes everything inside a sub-process with it, and its calls', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside.start('in').parallel('fork').userTask('a').end('out').from('fork').callActivity('call', 'other').end('out2'),
        )
        .end()
        .boundaryTimer('late', 'sub', 'PT1H')
        .end('e2'),
    ).start();

    run.fire('late');
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['a', 'call', 'sub']);
    expect(run.status).toBe('completed');
  });

  it('does not start twice when its activity is tried again', () => {
    const run = play(process('p').start().serviceTask('pay').end().boundaryTimer('late', 'pay', 'PT1H').end('e2'))
      .start()
      .fail('pay', 'x', 0)
      .resolve('pay');

    expect(run.all('timerScheduled')).toHaveLength(1);
    expect(run.all('jobCreated')).toHaveLength(2);
  });

  it('still fires while its activity has an incident', () => {
    const run = play(process('p').start().serviceTask('pay').end().boundaryTimer('late', 'pay', 'PT1H').userTask('look').end('e2'))
      .start()
      .fail('pay', 'x', 0);

    expect(run.fire('late').waitingAt).toEqual(['look']);
    expect(run.incidents).toEqual([]);
  });
});

describe('boundary error', () => {
  const caught = process('p')
    .start()
    .serviceTask('pay')
    .end()
    .boundaryError('any', 'pay', { codeVariable: 'code', messageVariable: 'why' })
    .userTask('other')
    .end('e2')
    .boundaryError('broke', 'pay', { errorCode: 'NO_MONEY' })
    .userTask('collect')
    .end('e3');

  it('catches the code it names, before one that catches everything', () => {
    expect(play(caught).start().throwError('pay', 'NO_MONEY').waitingAt).toEqual(['collect']);
  });

  it('without a code catches every error, and tells which', () => {
    const run = play(caught)
      .start()
      .throwError('pay', 'E7', { message: 'no idea', variables: { seen: 1 } });

    expect(run.waitingAt).toEqual(['other']);
    expect(run.variables).toEqual({ code: 'E7', why: 'no idea', seen: 1 });
  });

  it('is looked for from the inside out', () => {
    const nested = process('p')
      .start()
      .subProcess('outer', (outside) =>
        outside
          .start('s1')
          .subProcess('inner', (inside) => inside.start('s2').serviceTask('pay').end('e2'))
          .end('e1')
          .boundaryError('innerOnly', 'inner', { errorCode: 'INNER' })
          .userTask('inside')
          .end('e4'),
      )
      .end()
      .boundaryError('rest', 'outer')
      .userTask('outside')
      .end('e3');

    expect(play(nested).start().throwError('pay', 'INNER').waitingAt).toEqual(['outer', 'inside']);
    expect(play(nested).start().throwError('pay', 'OTHER').waitingAt).toEqual(['outside']);
  });

  it('uncaught, leaves an incident with the thrower, and the job can be done again', () => {
    const run = play(process('p').start().serviceTask('pay').end()).start().throwError('pay', 'E1', { message: 'no idea' });
    expect(run.incidents).toEqual(['error-uncaught']);

    expect(run.resolve('pay').complete('pay').status).toBe('completed');
  });

  it('lets out only what its outputs name', () => {
    const run = play(
      process('p')
        .start()
        .serviceTask('pay')
        .end()
        .boundaryError('any', 'pay', { codeVariable: 'code', outputs: { reason: 'code' } })
        .userTask('look')
        .end('e2'),
    ).start();

    expect(run.throwError('pay', 'E1', { variables: { noise: 1 } }).variables).toEqual({ reason: 'E1' });
  });
});
