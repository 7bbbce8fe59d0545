import { describe, expect, it } from 'vitest';
import { after, awaited, play, process } from '../../testing/index.js';

// Features: E-17, B-07

describe('resolving an incident', () => {
  const order = process('order').start().scriptTask('sum', '{ total: price + 1 }').userTask('check').end();

  it('tries the element again with what was changed meanwhile', () => {
    const run = play(order).start();
    expect(run.incidents).toEqual(['expression-failed']);

    run.setVariables({ price: 2 }).resolve('sum');

    expect(run.incidents).toEqual([]);
    expect(run.variables).toEqual({ price: 2, total: 3 });
    expect(run.waitingAt).toEqual(['check']);
  });

  it('says who resolved it', () => {
    const run = play(order).start().setVariables({ price: 2 });
    const incident = run.state.incidents[0]!.key;
    run.send({ type: 'resolveIncident', incident, by: 'ada' });

    expect(run.last[0]).toEqual({ type: 'incidentResolved', incident, by: 'ada' });
  });

  it('makes a new incident when nothing has changed', () => {
    const run = play(order).start();
    const first = run.state.incidents[0]!.key;
    run.resolve('sum');

    expect(run.incidents).toEqual(['expression-failed']);
    expect(run.state.incidents[0]!.key).not.toBe(first);
  });

  it('gives a job as many attempts as asked for', () => {
    const run = play(process('p').start().serviceTask('pay').end()).start().fail('pay', 'no line', 0);
    expect(run.incidents).toEqual(['job-retries-exhausted']);

    run.resolve('pay', 5);

    expect(run.state.elements[0]).toMatchObject({ waiting: 'job', retries: 5 });
    expect(run.last.at(-1)).toMatchObject({ type: 'jobCreated', retries: 5 });
  });

  it('does only the way out again where the work was done', () => {
    const model = process('p').start().userTask('ask').exclusive('x').when('ok').end().from('x').otherwise().end('e2');
    const run = play(model).start().complete('ask', { ok: 1 });
    expect(run.incidents).toEqual(['condition-not-boolean']);

    run.setVariables({ ok: true }).resolve('x');

    expect(run.trace).toEqual(['start', 'ask', 'x', 'end', 'completed']);
  });

  it('waits once for each event behind a gateway of which only some could be waited for', () => {
    const model = process('p')
      .start()
      .eventBased('which')
      .catches('yes', awaited('yes'))
      .end()
      .from('which')
      .timerCatch('late', '=delay')
      .end('e2');
    const run = play(model).start();
    expect(run.incidents).toEqual(['expression-failed']);

    run.setVariables({ delay: 'PT1H' }).resolve('which');

    expect(run.state.subscriptions).toHaveLength(1);
    expect(run.state.timers).toHaveLength(1);
  });

  it('waits once for each of several events in one', () => {
    const event = { type: 'multiple', parallel: true, events: [awaited('yes'), after('=delay')] } as const;
    const run = play(process('p').start().catches('both', event).end()).start().setVariables({ delay: 'PT1H' }).resolve('both');

    expect(run.state.subscriptions).toHaveLength(1);
    expect(run.receive('both').fire('both').status).toBe('completed');
  });

  it('is refused for an incident that is not open', () => {
    const run = play(order).start();

    expect(() => run.send({ type: 'resolveIncident', incident: 99 })).toThrow('Incident 99 is not open.');
  });
});
