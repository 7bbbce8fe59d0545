import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

// Features: E-02, M-13

describe('exclusive gateway', () => {
  const route = process('p')
    .start()
    .exclusive('size')
    .when('amount > 1000')
    .userTask('board')
    .end()
    .from('size')
    .when('amount > 100')
    .userTask('boss')
    .end('end2')
    .from('size')
    .otherwise()
    .userTask('clerk')
    .end('end3');

  it.each([
    [5000, 'board'],
    [500, 'boss'],
    [5, 'clerk'],
  ])('sends %i to the first true condition, else to the default: %s', (amount, expected) => {
    expect(play(route).start({ amount }).waitingAt).toEqual([expected]);
  });

  it('records why: what it read, what that gave, and what it did not ask any more', () => {
    expect(play(route).start({ amount: 500 }).all('routeChosen')).toEqual([
      {
        type: 'routeChosen',
        key: 2,
        elementId: 'size',
        taken: ['size_to_boss'],
        reasons: [
          { flowId: 'size_to_board', condition: 'amount > 1000', reads: { amount: 500 }, value: false },
          { flowId: 'size_to_boss', condition: 'amount > 100', reads: { amount: 500 }, value: true },
        ],
      },
    ]);
  });

  it('does not ask a condition after the first true one', () => {
    const strict = process('p')
      .start()
      .exclusive('x')
      .when('true')
      .userTask('a')
      .end()
      .from('x')
      .when('missing + 1 > 0')
      .userTask('b')
      .end('e2');

    expect(play(strict).start().waitingAt).toEqual(['a']);
  });

  it('takes a flow without a condition as open', () => {
    const open = process('p').start().exclusive('x').when('a').userTask('yes').end().from('x').userTask('no').end('e2');

    expect(play(open).start({ a: false }).waitingAt).toEqual(['no']);
  });

  it('keeps its token when nothing is true and there is no default, and tries again', () => {
    const closed = process('p').start().exclusive('x').when('a').userTask('yes').end();
    const run = play(closed).start({ a: false });
    expect(run.incidents).toEqual(['no-outgoing-flow']);
    expect(run.waitingAt).toEqual(['x']);

    expect(run.setVariables({ a: true }).resolve('x').waitingAt).toEqual(['yes']);
  });

  it.each([null, 1, 'true'])('does not take %j for a truth', (a) => {
    const run = play(process('p').start().exclusive('x').when('a').userTask('yes').end().from('x').otherwise().end('e2')).start({ a });

    expect(run.incidents).toEqual(['condition-not-boolean']);
    expect(run.all('incidentCreated')[0]!.reads).toEqual({ a });
  });

  it('passes every token of a merge alone', () => {
    const merge = process('p')
      .start()
      .parallel('fork')
      .task('a')
      .exclusive('merge')
      .userTask('next')
      .end()
      .from('fork')
      .task('b')
      .to('merge');
    const run = play(merge).start();

    expect(run.waitingAt).toEqual(['next', 'next']);
    expect(run.all('routeChosen')).toEqual([]);
  });
});
