import { describe, expect, it } from 'vitest';
import { awaited, play, process } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';

// Features: E-02, E-05
// Covers: inclusive gateway / fork
// Covers: inclusive gateway / join

describe('inclusive gateway as a fork', () => {
  const order = process('order')
    .start()
    .inclusive('fork')
    .when('gift = true')
    .userTask('wrap')
    .end()
    .from('fork')
    .when('total > 100')
    .userTask('insure')
    .end('e2')
    .from('fork')
    .otherwise()
    .userTask('pack')
    .end('e3');

  it('takes every flow whose condition is true', () => {
    expect(play(order).start({ gift: true, total: 200 }).waitingAt).toEqual(['wrap', 'insure']);
    expect(play(order).start({ gift: false, total: 200 }).waitingAt).toEqual(['insure']);
  });

  it('takes the default flow only when no condition is true', () => {
    expect(play(order).start({ gift: false, total: 1 }).waitingAt).toEqual(['pack']);
  });

  it('stops where no condition is true and there is no default flow', () => {
    const run = play(process('p').start().inclusive('fork').when('a = 1').end().from('fork').when('a = 2').end('e2')).start({ a: 3 });

    expect(run.incidents).toEqual(['no-outgoing-flow']);
    expect(run.setVariables({ a: 2 }).resolve('fork').status).toBe('completed');
  });

  it('tells why each flow was taken or not', () => {
    const [choice] = play(order).start({ gift: true, total: 1 }).all('routeChosen');

    expect(choice).toMatchObject({
      taken: ['fork_to_wrap'],
      reasons: [
        { flowId: 'fork_to_wrap', value: true, reads: { gift: true } },
        { flowId: 'fork_to_insure', value: false, reads: { total: 1 } },
      ],
    });
  });
});

describe('inclusive gateway as a join', () => {
  const three = process('three')
    .start()
    .inclusive('fork')
    .when('a = 1')
    .userTask('wrap')
    .inclusive('join')
    .userTask('ship')
    .end()
    .from('fork')
    .when('b = 1')
    .userTask('insure')
    .to('join')
    .from('fork')
    .when('c = 1')
    .userTask('weigh')
    .to('join');

  it('waits for the branches that were taken, and for no other', () => {
    const run = play(three).start({ a: 1, b: 1, c: 0 });

    expect(run.complete('insure').waitingAt).toEqual(['wrap', 'join']);
    expect(run.complete('wrap').waitingAt).toEqual(['ship']);
    expect(run.complete('ship').status).toBe('completed');
  });

  it('goes on at once when only one branch was taken', () => {
    expect(play(three).start({ a: 0, b: 1, c: 0 }).complete('insure').waitingAt).toEqual(['ship']);
  });

  it('goes on when a branch ends somewhere else', () => {
    const run = play(
      parallelInto((from) => from.userTask('a').exclusive('ok').when('yes = true').to('join').from('ok').otherwise().end('no')),
    ).start({ yes: false });

    expect(run.complete('b').waitingAt).toEqual(['a', 'join']);
    expect(run.complete('a').waitingAt).toEqual(['ship']);
  });

  it('joins first where it is a fork as well', () => {
    const run = play(
      process('rounds')
        .start()
        .parallel('twice')
        .task('once')
        .inclusive('fork')
        .when('true')
        .userTask('a')
        .inclusive('join')
        .userTask('ship')
        .end()
        .from('twice')
        .task('again')
        .to('fork')
        .from('fork')
        .when('true')
        .userTask('b')
        .to('join'),
    ).start();
    expect(run.waitingAt).toEqual(['a', 'b']);
    expect(run.complete('a').complete('b').complete('ship').status).toBe('completed');
  });

  it('joins two rounds apart', () => {
    const run = play(
      process('rounds')
        .start()
        .parallel('twice')
        .task('once')
        .exclusive('merge')
        .inclusive('fork')
        .when('true')
        .userTask('a')
        .inclusive('join')
        .userTask('ship')
        .end()
        .from('twice')
        .task('again')
        .to('merge')
        .from('fork')
        .when('true')
        .userTask('b')
        .to('join'),
    ).start();
    expect(run.waitingAt).toEqual(['a', 'b', 'a', 'b']);

    expect(run.complete('a').complete('a').waitingAt).toEqual(['b', 'b', 'join', 'join']);
    expect(run.complete('b').waitingAt).toEqual(['b', 'join', 'ship']);
    expect(run.complete('b').waitingAt).toEqual(['ship', 'ship']);
  });

  it('does not wait for itself at the head of a loop', () => {
    const run = play(
      process('loop')
        .start()
        .inclusive('head')
        .userTask('work')
        .exclusive('again')
        .when('done = false')
        .to('head')
        .from('again')
        .otherwise()
        .end(),
    ).start({ done: false });

    run.complete('work').complete('work');
    expect(run.waitingAt).toEqual(['work']);
    expect(run.complete('work', { done: true }).status).toBe('completed');
  });

  it('inside a loop waits for the branch that runs, not for the way back', () => {
    const run = play(
      process('loop')
        .start()
        .parallel('fork')
        .userTask('slow')
        .inclusive('head')
        .userTask('work')
        .exclusive('again')
        .when('done = false')
        .to('head')
        .from('again')
        .otherwise()
        .end()
        .from('fork')
        .to('head'),
    ).start({ done: false });

    expect(run.waitingAt).toEqual(['slow', 'head']);
    expect(run.complete('slow').waitingAt).toEqual(['work']);
    expect(run.complete('work').waitingAt).toEqual(['work']);
    expect(run.complete('work', { done: true }).status).toBe('completed');
  });

  it('does not wait for a token that could also arrive where one is already', () => {
    // The second clause of the rule: what is late on one flow may come on the other, so waiting for it would be waiting too long.
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .userTask('a')
        .exclusive('merge')
        .task('check')
        .inclusive('join')
        .userTask('ship')
        .end()
        .from('fork')
        .userTask('b')
        .exclusive('route')
        .when('straight = true')
        .to('join')
        .from('route')
        .otherwise()
        .to('merge'),
    ).start({ straight: true });

    expect(run.complete('a').waitingAt).toEqual(['b', 'ship']);
    expect(run.complete('b').waitingAt).toEqual(['ship', 'ship']);
  });

  it('waits for a token that may come by a boundary event', () => {
    const run = play(
      parallelInto((from) => from.userTask('a').end('no').boundaryTimer('late', 'a', 'PT1H', { interrupting: false }).to('join')),
    ).start();

    expect(run.complete('b').waitingAt).toEqual(['a', 'join']);
    expect(run.complete('a').waitingAt).toEqual(['ship']);
  });

  it('waits for the activity whose boundary event has already led to it', () => {
    const run = play(
      process('p')
        .start()
        .userTask('a')
        .inclusive('join')
        .userTask('ship')
        .end()
        .boundaryTimer('late', 'a', 'PT1H', { interrupting: false })
        .to('join'),
    ).start();

    expect(run.fire('late').waitingAt).toEqual(['a', 'join']);
    expect(run.complete('a').waitingAt).toEqual(['ship']);
  });

  it('waits for a token that may come by a link', () => {
    const run = play(
      parallelInto((from) =>
        from.userTask('a').throws('out', { type: 'link', name: 'L' }).elsewhere().catches('in', { type: 'link', name: 'L' }).to('join'),
      ),
    ).start();

    expect(run.complete('b').waitingAt).toEqual(['a', 'join']);
    expect(run.complete('a').waitingAt).toEqual(['ship']);
  });

  it('waits for a token behind an event-based gateway, until its event leads elsewhere', () => {
    const run = play(
      parallelInto((from) =>
        from.eventBased('which').catches('yes', awaited('yes')).to('join').from('which').catches('no', awaited('no')).end('e3'),
      ),
    ).start();

    expect(run.complete('b').waitingAt).toEqual(['which', 'join']);
    expect(run.receive('no').waitingAt).toEqual(['ship']);
  });

  it('counts a token inside a sub-process as one at the sub-process', () => {
    const run = play(
      parallelInto((from) => from.subProcess('sub', (inside) => inside.start('in').userTask('deep').end('out')).to('join')),
    ).start();

    expect(run.complete('b').waitingAt).toEqual(['sub', 'deep', 'join']);
    expect(run.complete('deep').waitingAt).toEqual(['ship']);
  });

  it('goes on when the token it waited for is taken away', () => {
    const run = play(
      parallelInto((from) =>
        from
          .subProcess('sub', (inside) => inside.start('in').userTask('deep').end('out'))
          .to('join')
          .boundaryTimer('late', 'sub', 'PT1H')
          .end('gone'),
      ),
    ).start();

    expect(run.complete('b').waitingAt).toContain('join');
    expect(run.fire('late').waitingAt).toEqual(['ship']);
  });

  it('waits apart in every visit to a sub-process', () => {
    const run = play(
      process('p')
        .start()
        .parallel('split')
        .task('one')
        .subProcess('sub', (inside) =>
          inside.start('in').parallel('fork').userTask('a').inclusive('join').end('out').from('fork').userTask('b').to('join'),
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

  it('that finds no way out keeps all it joined, and joins again once when that is mended', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .userTask('a')
        .inclusive('join')
        .when('go = true')
        .userTask('ship')
        .end()
        .from('fork')
        .userTask('b')
        .to('join'),
    ).start({ go: false });

    run.complete('a').complete('b');
    expect(run.incidents).toEqual(['no-outgoing-flow']);
    expect(run.setVariables({ go: true }).resolve('join').waitingAt).toEqual(['ship']);
  });
});

/** A parallel fork; one branch is `b`, the other is drawn. Both may lead to the inclusive `join`, behind which `ship` waits. */
function parallelInto(draw: (from: ProcessBuilder) => unknown): ProcessBuilder {
  const builder = process('p').start().parallel('fork').userTask('b').inclusive('join').userTask('ship').end().from('fork');
  draw(builder);
  return builder;
}
