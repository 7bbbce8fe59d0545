import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';
import { get } from '../table.js';

// Features: E-01, E-02, E-05

describe('parallel gateway', () => {
  const order = process('order')
    .start()
    .parallel('fork')
    .userTask('pick')
    .parallel('join')
    .end()
    .from('fork')
    .userTask('invoice')
    .to('join');

  it('opens every branch at once', () => {
    expect(play(order).start().waitingAt).toEqual(['pick', 'invoice']);
  });

  it('holds the fast branch until the slow one arrives', () => {
    const run = play(order).start().complete('invoice');

    expect(run.waitingAt).toEqual(['pick', 'join']);
    expect(run.status).toBe('active');
    expect(get(run.state.elements, run.keyOf('join')).waiting).toBe('join');
  });

  it('joins once, whichever branch comes last', () => {
    const run = play(order).start().complete('invoice').complete('pick');

    expect(run.trace).toEqual(['start', 'fork', 'pick', 'invoice', 'join', 'end', 'completed']);
  });

  it('does not let one branch arrive twice in place of another', () => {
    const twice = process('twice')
      .start()
      .parallel('fork')
      .userTask('a')
      .userTask('review')
      .parallel('join')
      .end()
      .from('fork')
      .userTask('b')
      .to('review')
      .from('fork')
      .userTask('c')
      .to('join');

    const run = play(twice).start().complete('a').complete('b').complete('review').complete('review');
    expect(run.waitingAt).toEqual(['c', 'join', 'join']);

    run.complete('c');
    expect(run.waitingAt).toEqual(['join']);
    expect(run.all('elementPassed').filter(({ via }) => via === 'join_to_end')).toHaveLength(1);
  });

  it('forks and joins in one', () => {
    const both = process('p')
      .start()
      .parallel('fork')
      .task('a')
      .parallel('both')
      .userTask('c')
      .end()
      .from('fork')
      .task('b')
      .to('both')
      .from('both')
      .userTask('d')
      .end('e2');

    expect(play(both).start().waitingAt).toEqual(['c', 'd']);
  });

  it('waits apart in every visit to a sub-process', () => {
    const run = play(
      process('p')
        .start()
        .parallel('split')
        .task('one')
        .subProcess('sub', (inside) =>
          inside.start('in').parallel('fork').userTask('a').parallel('join').end('out').from('fork').userTask('b').to('join'),
        )
        .end()
        .from('split')
        .task('two')
        .to('sub'),
    ).start();

    run.complete('a').complete('a');
    expect(run.waitingAt.filter((elementId) => elementId === 'join')).toHaveLength(2);
    expect(run.complete('b').complete('b').status).toBe('completed');
  });

  it('takes an element named like a built-in property for what it is', () => {
    const odd = process('p')
      .start()
      .parallel('fork')
      .userTask('a')
      .parallel('__proto__')
      .end()
      .from('fork')
      .userTask('constructor')
      .to('__proto__');

    expect(play(odd).start().complete('a').complete('constructor').status).toBe('completed');
  });
});
