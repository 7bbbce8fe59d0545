import { describe, expect, it } from 'vitest';
import { feel, play, process } from '../../testing/index.js';
import type { StandardLoop } from '../model.js';

// Features: E-05, E-17
// Covers: loop / standard, test before
// Covers: loop / standard, test after

function loop(more: Partial<StandardLoop>): StandardLoop {
  return { kind: 'standard', testBefore: false, ...more };
}

describe('a standard loop', () => {
  const counting = (more: Partial<StandardLoop>) =>
    process('p')
      .start()
      .userTask('work', { loop: loop(more) })
      .userTask('next')
      .end();

  it('does its activity as long as the condition holds, looking after each time', () => {
    const run = play(counting({ condition: feel('more = true') })).start({ more: false });
    expect(run.waitingAt).toEqual(['work', 'work']);

    expect(run.complete('work', { more: true }).waitingAt).toEqual(['work', 'work']);
    expect(run.complete('work', { more: false }).waitingAt).toEqual(['next']);
  });

  it('that tests before may not do it at all', () => {
    const model = counting({ testBefore: true, condition: feel('more = true') });

    expect(play(model).start({ more: false }).waitingAt).toEqual(['next']);
    expect(play(model).start({ more: true }).complete('work', { more: false }).waitingAt).toEqual(['next']);
  });

  it('never does it more often than its maximum', () => {
    const run = play(counting({ condition: feel('true'), maximum: feel('most') })).start({ most: 2 });

    expect(run.complete('work').complete('work').waitingAt).toEqual(['next']);
  });

  it('needs no condition when it has a maximum', () => {
    const run = play(counting({ maximum: feel('3') })).start();

    expect(run.complete('work').complete('work').complete('work').waitingAt).toEqual(['next']);
  });

  it('counts its rounds for its condition, and for each of them', () => {
    const run = play(
      process('p')
        .start()
        .scriptTask('sum', '{ total: total + loopCounter }', { loop: loop({ condition: feel('loopCounter < 4') }) })
        .end(),
    ).start({ total: 0 });

    expect(run.variables).toEqual({ total: 10 });
    expect(run.status).toBe('completed');
  });

  it('repeats a sub-process, with a scope of its own each time', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').userTask('work').end('out'), {
          loop: loop({ condition: feel('loopCounter < 2') }),
          properties: ['own'],
        })
        .end(),
    ).start();

    run.complete('work', { own: 1 });
    const inner = run.state.scopes.find(({ variables }) => Object.hasOwn(variables, 'own'));
    expect(inner!.variables).toEqual({ loopCounter: 2, own: null });
    expect(run.complete('work').status).toBe('completed');
  });

  it('ends with the events on its border, which stay for all rounds', () => {
    const run = play(
      process('p')
        .start()
        .userTask('work', { loop: loop({ condition: feel('true') }) })
        .end()
        .boundaryTimer('late', 'work', 'PT1H')
        .userTask('react')
        .end('e2'),
    ).start();
    run.complete('work').complete('work');
    expect(run.all('timerScheduled')).toHaveLength(1);

    expect(run.fire('late').waitingAt).toEqual(['react']);
  });

  it('with a condition that is neither true nor false stops, and goes on when that is mended', () => {
    const run = play(counting({ condition: feel('more') })).start({ more: 'perhaps' });
    run.complete('work');
    expect(run.incidents).toEqual(['condition-not-boolean']);

    expect(run.setVariables({ more: false }).resolve('work').waitingAt).toEqual(['next']);
  });

  it('that never ends is stopped before it uses up the machine', () => {
    const run = play(
      process('p')
        .start()
        .task('spin', { loop: loop({ condition: feel('true') }) })
        .end(),
    );
    run.checksReplay = false;
    run.start();
    for (let steps = 0; steps < 500 && run.state.ready.length > 0; steps++) run.send({ type: 'continue' });

    expect(run.incidents).toEqual(['step-limit']);
  });
});
