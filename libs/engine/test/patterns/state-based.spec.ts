import { describe, expect, it } from 'vitest';
import { after, awaited, play, process, signal } from '@baton/engine/testing';
import type { Play, ProcessBuilder } from '@baton/engine/testing';

// Features: M-19, E-04, E-09

/** A scoped signal is kept and taken by one catcher: a key that hangs at the door. */
const key = signal('key', { scoped: true });

/** Two threads; in each, what `inside` draws happens with the key in hand. */
function withOneKey(
  first: (builder: ProcessBuilder) => ProcessBuilder,
  second: (builder: ProcessBuilder) => ProcessBuilder,
): ProcessBuilder {
  const split = process('p').start().throws('hangUp', key).parallel('split');
  return second(first(split).end().from('split')).end('e2');
}

function locked(builder: ProcessBuilder, ...tasks: readonly string[]): ProcessBuilder {
  const region = tasks.reduce((drawn, task) => drawn.userTask(task), builder.catches(`take_${tasks.join('_')}`, key));
  return region.throws(`return_${tasks.join('_')}`, key);
}

function tasksOf(run: Play): readonly string[] {
  return run.state.elements.flatMap(({ elementId, waiting }) => (waiting === 'userTask' ? elementId : []));
}

describe('state-based patterns', () => {
  it('WCP-16 Deferred Choice: the environment decides which branch is taken, and the others are withdrawn', () => {
    const model = process('p')
      .start()
      .eventBased('whichever')
      .catches('answered', awaited('answer'))
      .userTask('read')
      .end()
      .from('whichever')
      .catches('late', after('P7D'))
      .userTask('remind')
      .end('e2');

    const run = play(model).start();
    expect(run.waitingAt).toEqual(['whichever']);
    expect(run.receive('answered').waitingAt).toEqual(['read']);
    expect(run.state.timers).toEqual([]);
    expect(play(model).start().fire('late').waitingAt).toEqual(['remind']);
  });

  it('WCP-17 Interleaved Parallel Routing: tasks with a partial order, in any order that respects it, one at a time', () => {
    const model = withOneKey(
      (branch) => locked(locked(branch, 'a'), 'b'),
      (branch) => locked(branch, 'c'),
    );
    const run = play(model).start();
    const order: string[] = [];
    while (run.status === 'active') {
      const tasks = tasksOf(run);
      expect(tasks).toHaveLength(1);
      order.push(tasks[0]!);
      run.complete(tasks[0]!);
    }

    expect(order).toEqual(['a', 'c', 'b']);
  });

  it('WCP-18 Milestone: a task can be started while another part of the process is in a certain state, and only then', () => {
    const model = process('p')
      .start()
      .userTask('prepare')
      .userTask('collect')
      .userTask('finish')
      .end()
      .boundary('add', 'collect', awaited('add'), { interrupting: false })
      .userTask('extra')
      .end('e2');
    const run = play(model).start();

    expect(() => run.receive('add')).toThrowError('Nothing at add waits');
    expect(run.complete('prepare').receive('add').receive('add', {}, 'message-2').waitingAt).toEqual(['collect', 'extra', 'extra']);
    run.complete('collect');
    expect(() => run.receive('add')).toThrowError('Nothing at add waits');
  });

  it('WCP-39 Critical Section: of two regions of the process only one is at work at a time', () => {
    const model = withOneKey(
      (branch) => locked(branch.userTask('before'), 'a', 'b'),
      (branch) => locked(branch, 'c', 'd'),
    );
    const run = play(model).start();

    expect(tasksOf(run)).toEqual(['before', 'c']);
    expect(tasksOf(run.complete('before'))).toEqual(['c']);
    expect(tasksOf(run.complete('c'))).toEqual(['d']);
    expect(tasksOf(run.complete('d'))).toEqual(['a']);
    expect(run.complete('a').complete('b').status).toBe('completed');
  });

  it('WCP-40 Interleaved Routing: each of several tasks once, in any order, one at a time', () => {
    const model = process('p')
      .start()
      .subProcess('checks', (inside) => inside.userTask('a').elsewhere().userTask('b').elsewhere().userTask('c'), {
        adHoc: { ordering: 'sequential', cancelRemaining: true },
      })
      .userTask('next')
      .end();
    const run = play(model).start();
    run.send({ type: 'activateAdHoc', key: run.keyOf('checks'), elementIds: ['c', 'a'] });
    expect(tasksOf(run)).toEqual(['c']);
    run.send({ type: 'activateAdHoc', key: run.keyOf('checks'), elementIds: ['b'] });
    expect(tasksOf(run)).toEqual(['c']);

    expect(tasksOf(run.complete('c'))).toEqual(['a']);
    expect(tasksOf(run.complete('a'))).toEqual(['b']);
    expect(tasksOf(run.complete('b'))).toEqual(['next']);
  });
});
