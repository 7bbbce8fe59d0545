import { describe, expect, it } from 'vitest';
import { play, PLAY_STARTS_AT, process } from '../../testing/index.js';
import { get } from '../table.js';

describe('intermediate catch event', () => {
  it('waits for a duration', () => {
    const run = play(process('p').start().timerCatch('wait', 'PT15M').end()).start();

    expect(run.all('timerScheduled')).toMatchObject([{ elementId: 'wait', dueAt: PLAY_STARTS_AT + 900_000 }]);
    expect(run.fire('wait').status).toBe('completed');
    expect(run.state.timers).toEqual([]);
    expect(run.state.at).toBe(PLAY_STARTS_AT + 900_000);
  });

  it('waits for a date, also one from a variable', () => {
    const run = play(process('p').start().timerCatch('wait', '=until', 'date').end()).start({ until: '2026-03-01T10:00:00+01:00' });

    expect(run.all('timerScheduled')[0]!.dueAt).toBe(PLAY_STARTS_AT);
  });

  it('stops with an incident when the variable is no time', () => {
    const run = play(process('p').start().timerCatch('wait', '=until').end()).start({ until: 'P-1D' });
    expect(run.incidents).toEqual(['timer-invalid']);

    run.setVariables({ until: 'P1D' }).resolve('wait');
    expect(run.fire('wait').status).toBe('completed');
  });

  it('waits for a message and writes its payload', () => {
    const run = play(process('p').start().messageCatch('hear', 'paid').end()).start().receive('hear', { amount: 5 });

    expect(run.status).toBe('completed');
    expect(run.variables).toEqual({ amount: 5 });
  });

  it('keeps a payload in the scope it waits in', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').messageCatch('hear', 'paid').userTask('look').end('out'), {
          inputs: { local: '1' },
        })
        .end(),
    ).start();

    run.receive('hear', { amount: 5 });
    expect(run.variables).toEqual({});
    expect(get(run.state.scopes, run.keyOf('sub')).variables).toEqual({ local: 1, amount: 5 });
  });

  it('lets out only what its outputs name', () => {
    const run = play(
      process('p')
        .start()
        .messageCatch('hear', 'paid', { outputs: { total: 'amount' } })
        .end(),
    )
      .start()
      .receive('hear', { amount: 5, noise: 1 });

    expect(run.variables).toEqual({ total: 5 });
  });
});
