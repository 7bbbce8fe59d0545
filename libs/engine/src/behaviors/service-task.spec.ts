import { describe, expect, it } from 'vitest';
import { feel, literal, play, process } from '../../testing/index.js';

// Features: E-03, E-14

describe('service task', () => {
  const pay = process('p')
    .start()
    .serviceTask('pay', { jobType: literal('bank:pay'), retries: literal('2'), headers: { currency: 'EUR' } })
    .end();

  it('asks a worker and waits for it', () => {
    const run = play(pay).start({ amount: 5 });

    expect(run.all('jobCreated')).toMatchObject([
      { jobType: 'bank:pay', retries: 2, headers: { currency: 'EUR' }, variables: { amount: 5 } },
    ]);
    expect(run.complete('pay', { receipt: 'R1' }).status).toBe('completed');
    expect(run.variables).toEqual({ amount: 5, receipt: 'R1' });
  });

  it('puts the whole result in one variable where one is named', () => {
    const run = play(process('p').start().serviceTask('pay', { resultVariable: 'payment' }).end())
      .start()
      .complete('pay', { receipt: 'R1' });

    expect(run.variables).toEqual({ payment: { receipt: 'R1' } });
  });

  it('shows the worker its inputs, and lets out only its outputs', () => {
    const run = play(
      process('p')
        .start()
        .serviceTask('pay', { inputs: { cents: 'amount + amount' }, outputs: { paid: 'receipt' } })
        .end(),
    ).start({ amount: 5 });
    expect(run.all('jobCreated')[0]!.variables).toEqual({ amount: 5, cents: 10 });

    run.complete('pay', { receipt: 'R1', noise: 1 });
    expect(run.variables).toEqual({ amount: 5, paid: 'R1' });
  });

  it('keeps results to the nearest scope that has the name', () => {
    const run = play(
      process('p')
        .start()
        .serviceTask('pay', { inputs: { tries: '1' } })
        .end(),
    )
      .start({ amount: 5 })
      .complete('pay', { tries: 2, amount: 6, extra: 7 });

    expect(run.variables).toEqual({ amount: 6, extra: 7 });
  });

  it('is tried again while attempts are left, then needs a person', () => {
    const run = play(pay).start().fail('pay');
    expect(run.all('jobFailed')).toMatchObject([{ retriesLeft: 1, message: 'out of paper' }]);
    expect(run.incidents).toEqual([]);

    run.fail('pay');
    expect(run.incidents).toEqual(['job-retries-exhausted']);
    expect(() => run.complete('pay')).toThrowError('not waiting');

    run.resolve('pay', 5);
    expect(run.all('jobCreated').map(({ retries }) => retries)).toEqual([2, 5]);
    expect(run.complete('pay').status).toBe('completed');
  });

  it('believes the worker about the attempts left', () => {
    expect(play(pay).start().fail('pay', 'broken', 0).incidents).toEqual(['job-retries-exhausted']);
  });

  it('stops with an incident when its type gives nothing', () => {
    expect(
      play(
        process('p')
          .start()
          .serviceTask('pay', { jobType: feel('kind') })
          .end(),
      ).start().incidents,
    ).toEqual(['expression-failed']);
  });

  it('leaves by every true condition, and by the default only without one', () => {
    const fan = process('p')
      .start()
      .serviceTask('pay')
      .when('amount > 10')
      .userTask('check')
      .end()
      .from('pay')
      .userTask('always')
      .end('end2')
      .from('pay')
      .otherwise()
      .userTask('small')
      .end('end3');

    expect(play(fan).start({ amount: 20 }).complete('pay').waitingAt).toEqual(['check', 'always']);
    const run = play(fan).start({ amount: 5 }).complete('pay');
    expect(run.waitingAt).toEqual(['always', 'small']);
    expect(run.all('routeChosen')).toMatchObject([
      {
        elementId: 'pay',
        taken: ['pay_to_always', 'pay_to_small'],
        reasons: [
          { flowId: 'pay_to_check', condition: 'amount > 10', reads: { amount: 5 }, value: false },
          { flowId: 'pay_to_always' },
          { flowId: 'pay_to_small', isDefault: true },
        ],
      },
    ]);
  });

  it('does not do its work again when no way out was open', () => {
    const run = play(process('p').start().serviceTask('pay').when('ok').userTask('next').end()).start({ ok: false }).complete('pay');
    expect(run.incidents).toEqual(['no-outgoing-flow']);

    run.setVariables({ ok: true }).resolve('pay');
    expect(run.waitingAt).toEqual(['next']);
    expect(run.all('jobCreated')).toHaveLength(1);
  });
});
