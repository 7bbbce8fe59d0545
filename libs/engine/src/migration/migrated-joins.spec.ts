import { describe, expect, it } from 'vitest';
import { play, process, tinyExpressions } from '../../testing/index.js';
import type { Play, ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import { planMigration } from './plan.js';

// Features: E-13, B-01

/** Codes and elements of what stands against it. */
function problems(run: Play, to: ProcessBuilder, mapping: Readonly<Record<string, string>> = {}): readonly string[] {
  const found = planMigration(run.process, compile(to.build(), { expressions: tinyExpressions }), run.state, mapping);
  for (const { message } of found) expect(message).toMatch(/^\S.*\.$/);
  return found.map(({ code, elementId }) => `${code} ${elementId}`);
}

describe('migrating tokens at a join', () => {
  const joined = (join: string, ...branches: readonly string[]) => {
    const builder = process('p').start().parallel('fork').userTask(branches[0]!).parallel(join).end();
    for (const branch of branches.slice(1)) builder.from('fork').userTask(branch).to(join);
    return builder;
  };

  it('renames the flows they came on', () => {
    const run = play(joined('join', 'a', 'b'))
      .start()
      .complete('a')
      .migrate(joined('meet', 'x', 'y'), { join: 'meet', a: 'x', b: 'y' });

    expect(run.state.elements.map(({ elementId, via }) => [elementId, via])).toEqual([
      ['y', 'fork_to_y'],
      ['meet', 'x_to_meet'],
    ]);
    expect(run.complete('y').status).toBe('completed');
  });

  it('needs the flow a held token came on', () => {
    const to = process('p')
      .start()
      .parallel('fork')
      .userTask('a')
      .task('between')
      .parallel('join')
      .end()
      .from('fork')
      .userTask('b')
      .to('join');
    const run = play(joined('join', 'a', 'b'))
      .start()
      .complete('a');

    expect(problems(run, to)).toEqual(['flow-missing join']);
  });

  it('goes on at once when the missing branch is gone', () => {
    const run = play(joined('join', 'a', 'b', 'c'))
      .start()
      .complete('a')
      .complete('b');
    run.send({ type: 'modify', changes: [{ type: 'terminate', key: run.keyOf('c') }] });
    expect(run.waitingAt).toEqual(['join', 'join']);

    expect(run.migrate(joined('join', 'a', 'b')).status).toBe('completed');
  });

  it('is refused when a join would wait for a branch that never began', () => {
    const run = play(joined('join', 'a', 'b')).start();

    expect(problems(run, joined('join', 'a', 'b', 'c'))).toEqual(['join-stuck join']);
  });

  it('does not hold against the new version what was so in the old one', () => {
    const doomed = (id: string) =>
      process('p').start().exclusive('x').when('true').userTask(id).parallel('join').end().from('x').otherwise().userTask('b').to('join');
    const run = play(doomed('a')).start();

    expect(problems(run, doomed('c'), { a: 'c' })).toEqual([]);
  });

  it('remembers which flows a complex gateway has taken tokens from', () => {
    const two = (a: string, b: string) =>
      process('p')
        .start()
        .parallel('fork')
        .userTask(a)
        .complex('some', 'activationCount >= 1')
        .end()
        .from('fork')
        .userTask(b, { completionQuantity: 2 })
        .to('some');
    const run = play(two('a', 'b')).start().complete('b');
    expect(run.trace.filter((id) => id === 'end')).toHaveLength(1);

    run.migrate(two('x', 'y'), { a: 'x', b: 'y' }).complete('x');
    expect(run.trace.filter((id) => id === 'end')).toHaveLength(2);
    expect(run.status).toBe('completed');
  });

  it('does not mind a new branch where the fork lies ahead', () => {
    const before = (...branches: readonly string[]) => {
      const builder = process('p').start().userTask('first').parallel('fork').userTask(branches[0]!).parallel('join').end();
      for (const branch of branches.slice(1)) builder.from('fork').userTask(branch).to('join');
      return builder;
    };
    const run = play(before('a', 'b'))
      .start()
      .migrate(before('a', 'b', 'c'))
      .complete('first');

    expect(run.waitingAt).toEqual(['a', 'b', 'c']);
  });

  it('looks at an inclusive join anew', () => {
    const inclusive = (...branches: readonly string[]) => {
      const builder = process('p').start().inclusive('fork').userTask(branches[0]!).inclusive('join').end();
      for (const branch of branches.slice(1)) builder.from('fork').userTask(branch).to('join');
      return builder;
    };
    const run = play(inclusive('a', 'b')).start().complete('a');
    expect(run.waitingAt).toEqual(['b', 'join']);

    const to = process('p')
      .start()
      .inclusive('fork')
      .userTask('a')
      .inclusive('join')
      .userTask('after')
      .end()
      .from('fork')
      .userTask('b')
      .end('e2')
      .from('fork')
      .task('c')
      .to('join');
    run.migrate(to);
    expect(run.waitingAt).toEqual(['b', 'after']);
  });

  it('needs an activity that takes several tokens to take more than are there', () => {
    const several = (startQuantity: number) =>
      process('p')
        .start()
        .parallel('fork')
        .userTask('a')
        .task('pair', { startQuantity })
        .end()
        .from('fork')
        .userTask('b')
        .to('pair')
        .from('fork')
        .userTask('c')
        .to('pair');
    const run = play(several(3)).start().complete('a').complete('b');

    expect(problems(run, several(2))).toEqual(['quantity-differs pair']);
    expect(run.migrate(several(3)).complete('c').status).toBe('completed');
  });
});
