import { describe, expect, it } from 'vitest';
import { feel, forEach, play, process, times } from '@baton/engine/testing';
import type { Play, ProcessBuilder } from '@baton/engine/testing';
import type { AdHoc } from '@baton/engine';

// Features: M-19, E-05, E-06

/** Somebody starts as many instances as it takes; each counts itself when it is done, and says so when there are enough. */
function asManyAsNeeded(adHoc: Pick<AdHoc, 'cancelRemaining'> & { readonly until: string }): ProcessBuilder {
  const { until, cancelRemaining } = adHoc;
  return process('p')
    .start()
    .subProcess(
      'instances',
      (inside) =>
        inside
          .userTask('work')
          .scriptTask('count', '{ done: done + 1 }')
          .exclusive('enough')
          .when('done = 2')
          .throws('tell', { type: 'escalation', escalationCode: 'enough' })
          .end('told')
          .from('enough')
          .otherwise()
          .end('counted'),
      { adHoc: { ordering: 'parallel', completionCondition: feel(until), cancelRemaining } },
    )
    .userTask('after')
    .end();
}

function more(run: Play): Play {
  return run.send({ type: 'activateAdHoc', key: run.keyOf('instances'), elementIds: ['work'] });
}

function at(run: Play, elementId: string): number {
  return run.waitingAt.filter((other) => other === elementId).length;
}

/** An activity of three instances, without its own element instance. */
const three = ['work', 'work', 'work'];

describe('multiple instances', () => {
  it('WCP-12 Multiple Instances without Synchronization: instances are started one by one, and nothing waits for them', () => {
    const model = process('p')
      .start()
      .exclusive('another')
      .parallel('spawn')
      .userTask('work')
      .end()
      .from('spawn')
      .scriptTask('count', '{ n: n - 1 }')
      .exclusive('more')
      .when('n > 0')
      .to('another')
      .from('more')
      .otherwise()
      .userTask('next')
      .end('e2');
    const run = play(model).start({ n: 3 });

    expect(at(run, 'work')).toBe(3);
    expect(run.complete('next').waitingAt).toEqual(three);
    expect(run.complete('work').complete('work').complete('work').status).toBe('completed');
  });

  it('WCP-13 Multiple Instances with a Priori Design-Time Knowledge: a number of instances that the model says, all waited for', () => {
    const run = play(
      process('p')
        .start()
        .userTask('work', { loop: times(3) })
        .userTask('next')
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['work', ...three]);
    completeInner(run, 2);
    expect(at(run, 'next')).toBe(0);
    completeInner(run, 1);
    expect(run.waitingAt).toEqual(['next']);
  });

  it('WCP-14 Multiple Instances with a Priori Run-Time Knowledge: a number of instances known when they begin', () => {
    const model = process('p')
      .start()
      .userTask('work', { loop: forEach('orders', 'order') })
      .userTask('next')
      .end();
    const run = play(model).start({ orders: ['A', 'B'] });

    expect(run.state.scopes.flatMap(({ variables: { order } }) => order ?? [])).toEqual(['A', 'B']);
    run.setVariables({ orders: ['A', 'B', 'C'] });
    completeInner(run, 2);
    expect(run.waitingAt).toEqual(['next']);
  });

  it('WCP-15 Multiple Instances without a Priori Run-Time Knowledge: more can be started while others run, and all are waited for', () => {
    const run = more(play(asManyAsNeeded({ until: 'closed = true', cancelRemaining: false })).start({ done: 0, closed: false }));
    more(run.complete('work'));
    more(run);
    expect(at(run, 'work')).toBe(2);

    run.setVariables({ closed: true }).complete('work');
    expect(at(run, 'after')).toBe(0);
    expect(run.complete('work').waitingAt).toEqual(['after']);
    expect(run.variables).toMatchObject({ done: 3 });
  });

  it('WCP-34 Static Partial Join for Multiple Instances: after a given number what follows begins, and the others go on', () => {
    const enough = { type: 'escalation' as const, escalationCode: 'enough' };
    const behavior = { type: 'complex' as const, definitions: [{ condition: feel('numberOfCompletedInstances = 2'), event: enough }] };
    const model = process('p')
      .start()
      .userTask('work', { loop: times(3, { behavior }) })
      .end()
      .boundary('twoAreDone', 'work', enough, { interrupting: false })
      .userTask('next')
      .end('e2');
    const run = play(model).start();

    completeInner(run, 1);
    expect(at(run, 'next')).toBe(0);
    completeInner(run, 1);
    expect(run.waitingAt).toEqual(['work', 'work', 'next']);
    completeInner(run, 1);
    expect(run.waitingAt).toEqual(['next']);
  });

  it('WCP-35 Cancelling Partial Join for Multiple Instances: after a given number what follows begins, and the others are withdrawn', () => {
    const model = process('p')
      .start()
      .userTask('work', { loop: times(3, { completionCondition: feel('numberOfCompletedInstances >= 2') }) })
      .userTask('next')
      .end();
    const run = play(model).start();

    completeInner(run, 1);
    expect(run.waitingAt).toEqual(['work', 'work', 'work']);
    completeInner(run, 1);
    expect(run.waitingAt).toEqual(['next']);
    expect(run.all('elementTerminated')).toHaveLength(1);
  });

  it('WCP-36 Dynamic Partial Join for Multiple Instances: more are started until there are enough; what follows begins, the rest goes on', () => {
    const model = asManyAsNeeded({ until: 'done >= 2', cancelRemaining: false })
      .boundary('enoughAreDone', 'instances', { type: 'escalation', escalationCode: 'enough' }, { interrupting: false })
      .userTask('next')
      .end('e2');
    const run = more(more(play(model).start({ done: 0 })));

    more(run.complete('work'));
    expect(at(run, 'next')).toBe(0);
    run.complete('work');
    expect(run.waitingAt).toEqual(['instances', 'work', 'next']);
    expect(() => more(run)).toThrowError('instances starts nothing more');
    run.complete('work');
    expect(run.waitingAt).toEqual(['next', 'after']);
  });
});

/** Complete inner instances: the first element instance of the activity is its body. */
function completeInner(run: Play, count: number): void {
  for (let index = 0; index < count; index++) {
    const inner = run.state.elements.find(({ elementId, waiting }) => elementId === 'work' && waiting === 'userTask');
    run.send({ type: 'completeUserTask', key: inner!.key, variables: {} });
  }
}
