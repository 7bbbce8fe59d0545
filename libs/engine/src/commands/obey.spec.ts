import { describe, expect, it } from 'vitest';
import { after, becomes, play, PLAY_STARTS_AT, process } from '../../testing/index.js';

// Features: E-08, E-12, E-13

const order = process('order').start().userTask('check').end();

describe('setting variables', () => {
  it('says who set them, and why', () => {
    const run = play(order)
      .start()
      .send({ type: 'setVariables', scope: 0, variables: { x: 1 }, by: 'ada', reason: 'typing error' });

    expect(run.variables).toEqual({ x: 1 });
    expect(run.last).toEqual([{ type: 'variablesSet', scope: 0, variables: { x: 1 }, by: 'ada', reason: 'typing error' }]);
  });

  it('writes to exactly the scope that is named', () => {
    const run = play(
      process('p')
        .start()
        .userTask('a', { inputs: { local: '1' } })
        .end(),
    ).start({ x: 0 });
    const key = run.keyOf('a');
    run.setVariables({ x: 5, local: 2 }, key);

    expect(run.variables).toEqual({ x: 0 });
    expect(run.state.scopes.find((scope) => scope.key === key)!.variables).toEqual({ x: 5, local: 2 });
  });

  it('wakes what waits for a condition', () => {
    const run = play(process('p').start().catches('rich', becomes('money > 5')).end())
      .start()
      .setVariables({ money: 6 });

    expect(run.status).toBe('completed');
  });

  it('is refused for a scope that is not open', () => {
    const run = play(order).start();

    expect(() => run.setVariables({ x: 1 }, 99)).toThrow('Scope 99 is not open.');
  });
});

describe('canceling', () => {
  it('ends everything, and carries who and why', () => {
    const run = play(order).start().send({ type: 'cancel', by: 'ada', reason: 'customer withdrew' });

    expect(run.last).toEqual([
      { type: 'elementTerminated', key: run.all('elementActivated').at(-1)!.key, elementId: 'check' },
      { type: 'instanceTerminated', by: 'ada', reason: 'customer withdrew' },
    ]);
    expect(run.status).toBe('terminated');
  });

  it('ends what waits inside first', () => {
    const nested = process('p')
      .start()
      .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'))
      .end();
    const run = play(nested).start().cancel();

    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['wrap', 'pack']);
    expect(run.state).toMatchObject({ elements: [], timers: [], subscriptions: [], incidents: [] });
  });
});

describe('rescheduling a timer', () => {
  const waiting = process('p').start().catches('later', after('PT1H')).end();

  it('moves its due time, and says who and why', () => {
    const run = play(waiting).start();
    const timer = run.state.timers[0]!.key;
    const dueAt = PLAY_STARTS_AT + 5_000;
    run.send({ type: 'rescheduleTimer', timer, dueAt, by: 'ada', reason: 'in a hurry' });

    expect(run.last).toEqual([{ type: 'timerRescheduled', timer, dueAt, by: 'ada', reason: 'in a hurry' }]);
    expect(run.state.timers).toEqual([{ key: timer, elementId: 'later', host: run.keyOf('later'), dueAt }]);
    expect(run.fire('later').status).toBe('completed');
  });

  it('is refused for a timer that does not run', () => {
    const run = play(waiting).start();

    expect(() => run.send({ type: 'rescheduleTimer', timer: 99, dueAt: 0 })).toThrow('Timer 99 is not running.');
  });
});

describe('throwing an escalation at work', () => {
  const guarded = process('p')
    .start()
    .serviceTask('pay')
    .end()
    .boundary('worried', 'pay', { type: 'escalation', escalationCode: 'slow', codeVariable: 'why' }, { interrupting: false })
    .userTask('look')
    .end('e2');

  it('lets the work go on, and somebody outside know', () => {
    const run = play(guarded).start();
    run.send({ type: 'throwEscalation', key: run.keyOf('pay'), escalationCode: 'slow', variables: { minutes: 9 } });

    expect(run.waitingAt).toEqual(['pay', 'look']);
    expect(run.variables).toEqual({ minutes: 9, why: 'slow' });
  });

  it('does nothing when nobody listens', () => {
    const run = play(guarded).start();
    run.send({ type: 'throwEscalation', key: run.keyOf('pay'), escalationCode: 'broke' });

    expect(run.waitingAt).toEqual(['pay']);
    expect(run.last.map(({ type }) => type)).toEqual(['escalationThrown']);
  });

  it('can be done by a person, too', () => {
    const run = play(process('p').start().userTask('ask').end().boundary('b', 'ask', { type: 'escalation' }).end('e2')).start();
    run.send({ type: 'throwEscalation', key: run.keyOf('ask'), escalationCode: 'any' });

    expect(run.trace.slice(-2)).toEqual(['e2', 'completed']);
  });
});

describe('starting activities of an ad-hoc sub-process', () => {
  const model = process('p')
    .start()
    .subProcess('help', (inside) => inside.elsewhere().userTask('call').elsewhere().userTask('write').userTask('file'), {
      adHoc: { ordering: 'parallel', cancelRemaining: true },
    })
    .end();

  it('starts what was asked for, as often as asked for', () => {
    const run = play(model).start();
    const key = run.keyOf('help');
    expect(run.waitingAt).toEqual(['help']);

    run.send({ type: 'activateAdHoc', key, elementIds: ['call', 'call'] });
    expect(run.waitingAt).toEqual(['help', 'call', 'call']);
    expect(run.complete('call').complete('call').status).toBe('completed');
  });

  it('is refused for what is not in it, or follows something', () => {
    const run = play(model).start();
    const key = run.keyOf('help');

    expect(() => run.send({ type: 'activateAdHoc', key, elementIds: ['start'] })).toThrow('start cannot be started in help.');
    expect(() => run.send({ type: 'activateAdHoc', key, elementIds: ['call', 'file'] })).toThrow('file cannot be started in help.');
    expect(run.waitingAt).toEqual(['help']);
  });

  it('is refused for a plain sub-process', () => {
    const plain = process('p')
      .start()
      .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'))
      .end();
    const run = play(plain).start();

    expect(() => run.send({ type: 'activateAdHoc', key: run.keyOf('pack'), elementIds: ['wrap'] })).toThrow(
      'pack is no ad-hoc sub-process.',
    );
    expect(() => run.send({ type: 'completeAdHoc', key: run.keyOf('pack') })).toThrow('pack is no ad-hoc sub-process.');
  });

  it('ends when somebody says so, whatever is under way', () => {
    const run = play(model).start();
    const key = run.keyOf('help');
    run.send({ type: 'activateAdHoc', key, elementIds: ['write'] }).send({ type: 'completeAdHoc', key });

    expect(run.status).toBe('completed');
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['write']);
  });
});
