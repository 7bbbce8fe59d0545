import { describe, expect, it } from 'vitest';
import { play, process } from '../testing/index.js';

// Features: E-01, E-05
// Covers: activity / start quantity
// Covers: activity / completion quantity
// Covers: activity / input sets

describe('an activity that takes several tokens to begin', () => {
  const model = process('p')
    .start()
    .parallel('fork')
    .userTask('a')
    .exclusive('merge')
    .userTask('ship', { startQuantity: 2 })
    .end()
    .from('fork')
    .userTask('b')
    .to('merge')
    .from('fork')
    .userTask('c')
    .to('merge');

  it('holds them until there are enough, and takes them together', () => {
    const run = play(model).start();

    expect(run.complete('a').waitingAt).toEqual(['b', 'c', 'ship']);
    expect(run.state.elements.at(-1)!.waiting).toBe('join');
    run.complete('b');
    expect(run.state.elements.filter(({ elementId }) => elementId === 'ship')).toMatchObject([{ waiting: 'userTask' }]);
    expect(run.all('userTaskCreated').filter(({ elementId }) => elementId === 'ship')).toHaveLength(1);
  });

  it('keeps one that is left over', () => {
    const run = play(model).start().complete('a').complete('b').complete('c').complete('ship');

    expect(run.waitingAt).toEqual(['ship']);
    expect(run.state.elements[0]!.waiting).toBe('join');
  });
});

describe('an activity that ends with several tokens', () => {
  it('puts them on every flow it leaves by', () => {
    const run = play(
      process('p')
        .start()
        .userTask('split', { completionQuantity: 3 })
        .when('many = true')
        .userTask('a')
        .end()
        .from('split')
        .when('many = false')
        .userTask('b')
        .end('e2'),
    ).start();

    expect(run.complete('split', { many: true }).waitingAt).toEqual(['a', 'a', 'a']);
  });

  it('fills one that needs as many', () => {
    const run = play(process('p').start().task('split', { completionQuantity: 3 }).userTask('pack', { startQuantity: 3 }).end()).start();

    expect(run.waitingAt).toEqual(['pack']);
    expect(run.complete('pack').status).toBe('completed');
  });
});

describe('an activity with input sets', () => {
  const model = process('p')
    .start()
    .userTask('ship', { inputSets: [['address', 'weight'], ['locker']] })
    .end();

  it('begins when every variable of one set has a value', () => {
    expect(play(model).start({ locker: 7 }).all('userTaskCreated')).toHaveLength(1);

    const run = play(model).start({ address: 'Oslo' });
    expect(run.all('userTaskCreated')).toHaveLength(0);
    expect(run.state.elements[0]!.waiting).toBe('data');
    run.setVariables({ weight: null });
    expect(run.all('userTaskCreated')).toHaveLength(0);
    run.setVariables({ weight: 3 });
    expect(run.all('userTaskCreated')).toHaveLength(1);
    expect(run.complete('ship').status).toBe('completed');
  });

  it('begins by what happens beside it', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .task('ship', { inputSets: [['address']] })
        .userTask('next')
        .end()
        .from('fork')
        .userTask('ask')
        .end('e2'),
    ).start();

    expect(run.complete('ask', { address: 'Oslo' }).waitingAt).toEqual(['next']);
  });

  it('begins at once when no set asks for anything', () => {
    expect(
      play(
        process('p')
          .start()
          .userTask('ship', { inputSets: [[]] })
          .end(),
      )
        .start()
        .all('userTaskCreated'),
    ).toHaveLength(1);
  });
});
