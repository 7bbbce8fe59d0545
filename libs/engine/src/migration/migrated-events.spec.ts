import { describe, expect, it } from 'vitest';
import { awaited, play, process, signal, times, tinyExpressions, undoneBy } from '../../testing/index.js';
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

describe('events beside what waits', () => {
  const plain = () => process('p').start().userTask('a').end();
  const timed = (id: string, text = 'PT1H') => plain().boundaryTimer(id, 'a', text).end('e2');

  it('begins to wait for a boundary event that is new', () => {
    const run = play(plain()).start().migrate(timed('late'));

    expect(run.last.map(({ type }) => type)).toEqual(['instanceMigrated', 'timerScheduled']);
    expect(run.fire('late').trace.slice(-2)).toEqual(['e2', 'completed']);
  });

  it('no longer waits for one that is gone', () => {
    const run = play(timed('late')).start().migrate(plain());

    expect(run.last.map(({ type }) => type)).toEqual(['timerCanceled', 'instanceMigrated']);
    expect(run.state.timers).toEqual([]);
    expect(run.state.elements[0]!.owns).toEqual([]);
  });

  it('waits for it once, however often the activity is repeated', () => {
    const repeated = process('p')
      .start()
      .userTask('a', { loop: times(2) })
      .end();
    const run = play(
      process('p')
        .start()
        .userTask('a', { loop: times(2) })
        .end(),
    ).start();
    run.migrate(repeated.boundary('stop', 'a', signal('s')).end('e2'));

    expect(run.state.subscriptions.map(({ host }) => host)).toEqual([run.keyOf('a')]);
    expect(run.signal('stop').trace.slice(-2)).toEqual(['e2', 'completed']);
  });

  it('waits for it no sooner than the activity has begun', () => {
    const needy = () =>
      process('p')
        .start()
        .userTask('a', { inputSets: [['x']] })
        .end();
    const run = play(needy())
      .start()
      .migrate(needy().boundaryTimer('late', 'a', 'PT1H').end('e2'));
    expect(run.state.timers).toEqual([]);

    expect(run.setVariables({ x: 1 }).state.timers).toHaveLength(1);
  });

  it('remembers which of several events that are all needed have come', () => {
    const both = { type: 'multiple', parallel: true, events: [signal('s'), signal('t')] } as const;
    const guarded = (id: string) => plain().boundary(id, 'a', both).end('e2');
    const run = play(guarded('both')).start().signal('both').migrate(guarded('all'), { both: 'all' }).signal('all');

    expect(run.trace.slice(-2)).toEqual(['e2', 'completed']);
  });

  it('keeps one that has another name, with its due time', () => {
    const run = play(timed('late')).start();
    const { dueAt, key } = run.state.timers[0]!;
    run.migrate(timed('overdue', 'PT9H'), { late: 'overdue' });

    expect(run.state.timers).toMatchObject([{ key, elementId: 'overdue', dueAt }]);
  });

  it('does not arm again what has fired and was not to repeat', () => {
    const reminded = () => plain().boundaryTimer('remind', 'a', 'PT1H', { interrupting: false }).end('e2');
    const run = play(reminded()).start().fire('remind').migrate(reminded());

    expect(run.state.timers).toEqual([]);
  });

  it('refuses an event that is about something else now', () => {
    expect(problems(play(timed('late')).start(), plain().boundary('late', 'a', signal('s')).end('e2'))).toEqual(['event-differs late']);
  });

  it('refuses an event that is on another activity now', () => {
    const elsewhere = process('p').start().userTask('a').userTask('b').end().boundaryTimer('late', 'b', 'PT1H').end('e2');

    expect(problems(play(timed('late')).start(), elsewhere)).toEqual(['event-differs late']);
  });

  it('is refused when a new event has no value to wait for', () => {
    const run = play(plain()).start();

    expect(() => run.migrate(plain().boundaryTimer('late', 'a', '=deadline').end('e2'))).toThrow('A new event cannot be waited for');
    expect(run.waitingAt).toEqual(['a']);
  });

  it('arms and closes event sub-processes of the instance and of open sub-processes', () => {
    const nested = (...events: readonly ('outer' | 'inner')[]) => {
      const builder = process('p')
        .start()
        .subProcess('s', (inside) => {
          inside.start('in').userTask('a').end('out');
          if (events.includes('inner')) inside.eventSubProcess('i', { id: 'inner', event: awaited('m') }, (then) => then.end('ie'));
        })
        .end();
      return events.includes('outer')
        ? builder.eventSubProcess('o', { id: 'outer', event: signal('s') }, (then) => then.end('oe'))
        : builder;
    };
    const run = play(nested()).start().migrate(nested('outer', 'inner'));
    const armed = () => run.state.subscriptions.map(({ elementId, host }) => [elementId, host]).toSorted();
    expect(armed()).toEqual([
      ['inner', run.keyOf('s')],
      ['outer', 0],
    ]);

    run.migrate(nested('outer'));
    expect(run.last[0]).toMatchObject({ type: 'subscriptionClosed' });
    expect(armed()).toEqual([['outer', 0]]);
    expect(run.signal('outer').trace.slice(-3)).toEqual(['outer', 'oe', 'completed']);
  });

  it('arms no event sub-process beside one that has interrupted everything', () => {
    const guarded = () =>
      process('p')
        .start()
        .userTask('a')
        .end()
        .eventSubProcess('o', { id: 'stop', event: signal('s') }, (then) => then.userTask('tidy').end('oe'));
    const run = play(guarded()).start().signal('stop');
    run.migrate(guarded().eventSubProcess('n', { id: 'again', event: signal('t') }, (then) => then.end('ne')));

    expect(run.state.subscriptions).toEqual([]);
    expect(run.complete('tidy').status).toBe('completed');
  });

  it('waits once for what is behind a gateway that is to be entered again', () => {
    const choice = (...names: readonly string[]) => {
      const builder = process('p').start().eventBased('which').timerCatch('late', '=delay').end();
      for (const name of names) builder.from('which').catches(name, awaited(name)).end(`e_${name}`);
      return builder;
    };
    const run = play(choice('yes')).start();
    expect(run.state.incidents).toHaveLength(1);
    run.send({ type: 'suspend' }).setVariables({ delay: 'PT1H' }).resolve('which').migrate(choice('yes', 'maybe')).send({ type: 'resume' });

    expect(run.state.subscriptions.map(({ elementId }) => elementId)).toEqual(['yes', 'maybe']);
  });

  it('waits for new events behind an event-based gateway, and no longer for those that are gone', () => {
    const choice = (...names: readonly string[]) => {
      const builder = process('p').start().eventBased('which');
      for (const name of names) builder.from('which').catches(name, awaited(name)).end(`e_${name}`);
      return builder;
    };
    const run = play(choice('yes', 'no')).start().migrate(choice('yes', 'maybe'));

    expect(run.state.subscriptions.map(({ elementId }) => elementId)).toEqual(['yes', 'maybe']);
    expect(run.receive('maybe').trace.slice(-3)).toEqual(['maybe', 'e_maybe', 'completed']);
  });
});

describe('migrating what was done and can be undone', () => {
  const trip = (book: string, cancel: string) =>
    process('trip')
      .start()
      .userTask(book)
      .userTask('travel')
      .ends('regret', { type: 'compensation' })
      .boundary(`undo_${book}`, book, undoneBy(cancel))
      .elsewhere()
      .userTask(cancel, { isForCompensation: true });

  it('undoes it with the handler of the new version', () => {
    const run = play(trip('book', 'cancel'))
      .start()
      .complete('book')
      .migrate(trip('reserve', 'release'), { book: 'reserve' })
      .complete('travel');

    expect(run.waitingAt).toEqual(['regret', 'release']);
    expect(run.complete('release').status).toBe('completed');
  });

  it('goes on with an undoing that is under way', () => {
    const run = play(trip('book', 'cancel')).start().complete('book').complete('travel');
    expect(run.waitingAt).toEqual(['regret', 'cancel']);
    run.migrate(trip('reserve', 'release'), { book: 'reserve', cancel: 'release' });

    expect(run.complete('release').status).toBe('completed');
  });

  it('is refused when nothing could undo it any more', () => {
    const to = process('trip').start().userTask('book').userTask('travel').end();

    expect(problems(play(trip('book', 'cancel')).start().complete('book'), to)).toEqual(['compensation-missing book']);
    expect(problems(play(trip('book', 'cancel')).start().complete('book'), process('trip').start().userTask('travel').end())).toEqual([
      'compensation-missing book',
    ]);
  });

  it('renames what was done inside a finished sub-process, too', () => {
    const nested = (inner: string) =>
      process('trip')
        .start()
        .subProcess('all', (inside) =>
          inside
            .start('in')
            .userTask(inner)
            .end('out')
            .boundary(`undo_${inner}`, inner, undoneBy(`cancel_${inner}`))
            .elsewhere()
            .userTask(`cancel_${inner}`, { isForCompensation: true }),
        )
        .userTask('travel')
        .ends('regret', { type: 'compensation' });
    const run = play(nested('hotel')).start().complete('hotel').migrate(nested('inn'), { hotel: 'inn' }).complete('travel');

    expect(run.waitingAt).toEqual(['regret', 'cancel_inn']);
  });
});
