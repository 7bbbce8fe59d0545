import { describe, expect, it } from 'vitest';
import { Simulation, compile } from '@baton/engine';
import { feel, play, process, tinyExpressions } from '@baton/engine/testing';

// Features: M-19, E-05, M-10

describe('iteration', () => {
  it('WCP-10 Arbitrary Cycles: a loop with two ways in and two ways out', () => {
    const model = process('p')
      .start()
      .exclusive('where')
      .when('late = true')
      .exclusive('second')
      .userTask('b')
      .exclusive('afterB')
      .when('go = "out"')
      .end()
      .from('where')
      .otherwise()
      .exclusive('first')
      .userTask('a')
      .exclusive('afterA')
      .when('go = "out"')
      .end('e2')
      .from('afterA')
      .otherwise()
      .to('second')
      .from('afterB')
      .otherwise()
      .to('first');

    const run = play(model).start({ late: true, go: 'on' });
    run.complete('b').complete('a').complete('b').setVariables({ go: 'out' }).complete('a');
    expect(run.trace.filter((elementId) => ['a', 'b'].includes(elementId))).toEqual(['b', 'a', 'b', 'a']);
    expect(run.status).toBe('completed');
    expect(play(model).start({ late: false, go: 'out' }).complete('a').trace).not.toContain('b');
  });

  it('WCP-21 Structured Loop: one activity again and again, its condition looked at before or after', () => {
    const loop = (testBefore: boolean) => ({ kind: 'standard' as const, testBefore, condition: feel('n < 3') });
    const model = (testBefore: boolean) =>
      process('p')
        .start()
        .scriptTask('a', '{ n: n + 1 }', { loop: loop(testBefore) })
        .end();

    expect(play(model(true)).start({ n: 0 }).variables).toEqual({ n: 3 });
    expect(play(model(true)).start({ n: 9 }).variables).toEqual({ n: 9 });
    expect(play(model(false)).start({ n: 9 }).variables).toEqual({ n: 10 });
  });

  it('WCP-22 Recursion: a process that calls itself, with its own variables on each level', () => {
    const model = process('sum')
      .start()
      .exclusive('more')
      .when('n > 0')
      .callActivity('rest', 'sum', { inputs: { n: 'n - 1' }, outputs: { rest: 'total' } })
      .scriptTask('add', '{ total: rest + n }')
      .end()
      .from('more')
      .otherwise()
      .scriptTask('none', '{ total: 0 }')
      .end('e2');
    const simulation = new Simulation();
    simulation.deploy(compile(model.build(), { expressions: tinyExpressions }));
    const id = simulation.start('sum', { n: 4 });

    expect(simulation.instances).toHaveLength(5);
    expect(simulation.instance(id).state).toMatchObject({ status: 'completed', scopes: [{ variables: { n: 4, total: 10 } }] });
  });
});
