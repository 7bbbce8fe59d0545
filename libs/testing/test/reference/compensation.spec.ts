import type { ElementModel } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { Playback } from './playback.js';
import {
  and,
  border,
  cancel,
  compensation,
  end,
  error,
  eventSub,
  script,
  signal,
  sketch,
  start,
  sub,
  thrown,
  times,
  user,
} from './sketch.js';

// Features: E-04

/** An activity with the one that undoes it. */
const undoable = (id: string, options: Parameters<typeof user>[1] = {}): ElementModel[] => [
  user(id, options),
  border(`${id}-done`, id, compensation({ handler: `undo-${id}` })),
  user(`undo-${id}`, { isForCompensation: true }),
];

describe('reference: compensation', () => {
  it('undoes what was completed, the last first, one after the other', () => {
    const model = sketch(
      [start(), ...undoable('a'), ...undoable('b'), thrown('undo', compensation()), end()],
      'start -> a -> b -> undo -> end',
    );
    const play = new Playback(model).complete('a').complete('b');
    expect(play.trace).toEqual(['-b', '+undo', '+undo-b']);
    expect(play.complete('undo-b').trace).toEqual(['-undo-b', '+undo-a']);
    expect(play.complete('undo-a').trace).toEqual(['-undo-a', '-undo', 'end']);
  });

  it('has nothing to do where nothing was done', () => {
    const model = sketch([start(), ...undoable('a'), thrown('undo', compensation()), end()], 'start -> undo -> end');
    expect(new Playback(model).trace).toEqual(['start', 'undo', 'end']);
  });

  it('undoes only the activities it names, and nothing twice', () => {
    const model = sketch(
      [start(), ...undoable('a'), ...undoable('b'), thrown('first', compensation({ activityRefs: ['a'] })), end('rest', compensation())],
      'start -> a -> b -> first -> rest',
    );
    const play = new Playback(model).complete('a').complete('b');
    expect(play.at).toEqual(['first', 'undo-a']);
    expect(play.complete('undo-a').at).toEqual(['rest', 'undo-b']);
    expect(play.complete('undo-b').status).toBe('completed');
  });

  it('need not be waited for', () => {
    const elements = [start(), ...undoable('a'), thrown('undo', compensation({ waitForCompletion: false })), user('next')];
    const play = new Playback(sketch(elements, 'start -> a -> undo -> next')).complete('a');
    expect(play.at.toSorted()).toEqual(['next', 'undo-a']);
    expect(play.complete('next').status).toBe('active');
    expect(play.complete('undo-a').status).toBe('completed');
  });

  it('of a completed sub-process undoes what was done inside', () => {
    const model = sketch(
      [start(), ...sub('sub', [start('s'), ...undoable('a'), ...undoable('b')]), end('undo', compensation())],
      'start -> sub -> undo',
      's -> a -> b',
    );
    const play = new Playback(model).complete('a').complete('b');
    expect(play.trace).toEqual(['-b', '-sub', '+undo', '+undo-b']);
    expect(play.complete('undo-b').complete('undo-a').status).toBe('completed');
  });

  it('of a sub-process with a handler runs that handler only', () => {
    const model = sketch(
      [start(), ...sub('sub', [start('s'), ...undoable('a')]), border('c', 'sub', compensation({ handler: 'all' }))].concat([
        user('all', { isForCompensation: true }),
        end('undo', compensation()),
      ]),
      'start -> sub -> undo',
      's -> a',
    );
    expect(new Playback(model).complete('a').at).toEqual(['undo', 'all']);
  });

  it('of a sub-process with a compensation event sub-process runs that, and it may undo the inside', () => {
    const inside = [
      start('s'),
      ...undoable('a'),
      ...eventSub('esp', [start('on', { event: compensation() }), user('h'), thrown('inner', compensation()), end('e')]),
    ];
    const model = sketch(
      [start(), ...sub('sub', inside), end('undo', compensation())],
      'start -> sub -> undo',
      's -> a',
      'on -> h -> inner -> e',
    );
    const play = new Playback(model).complete('a');
    expect(play.trace).toEqual(['-a', '-sub', '+undo', '+esp', 'on', '+h']);
    expect(play.complete('h').trace).toEqual(['-h', '+inner', '+undo-a']);
    expect(play.complete('undo-a').trace).toEqual(['-undo-a', '-inner', 'e', '-esp', '-undo']);
    expect(play.status).toBe('completed');
  });

  it('does not undo what was cut short', () => {
    const model = sketch(
      [start(), ...sub('sub', [start('s'), ...undoable('a'), end('bad', error('E'))]), border('on', 'sub', error())].concat([
        end('undo', compensation()),
      ]),
      'start -> sub',
      's -> a -> bad',
      'on -> undo',
    );
    expect(new Playback(model).complete('a').status).toBe('completed');
  });

  it('lets a handler see the variables as they were', () => {
    const inside = [start('s'), ...undoable('a').slice(0, 2), script('undo-a', '{ seen: loopCounter }', { isForCompensation: true })];
    const model = sketch(
      [start(), ...sub('sub', inside, { loop: times(2, { sequential: true }) }), end('undo', compensation())],
      'start -> sub -> undo',
      's -> a',
    );
    expect(new Playback(model, { seen: 0 }).complete('a').complete('a').variables).toEqual({ seen: 1 });
  });

  it('of a loop runs the handler once for each inner instance', () => {
    const model = sketch([start(), ...undoable('a', { loop: times(2) }), end('undo', compensation())], 'start -> a -> undo');
    const play = new Playback(model).complete('a').complete('a');
    expect(play.at).toEqual(['undo', 'undo-a']);
    expect(play.complete('undo-a').trace).toEqual(['-undo-a', '+undo-a']);
    expect(play.complete('undo-a').status).toBe('completed');
  });
});

describe('reference: transaction', () => {
  const inside = [start('s'), ...undoable('a'), and('fork'), user('b'), user('c'), end('no', cancel)];
  const model = sketch(
    [start(), ...sub('tx', inside, { transaction: true }), border('canceled', 'tx', cancel), user('sorry'), end()],
    'start -> tx -> end',
    's -> a -> fork -> b -> no',
    'fork -> c',
    'canceled -> sorry -> end',
  );

  it('completes like any sub-process', () => {
    const play = new Playback(model).complete('a').complete('c');
    expect(play.at).toEqual(['tx', 'b']);
  });

  it('ends, undoes and leaves by its cancel event when canceled', () => {
    const play = new Playback(model).complete('a').complete('b');
    expect(play.trace).toEqual(['-b', '+no', '!c', '+undo-a']);
    expect(play.complete('undo-a').trace).toEqual(['-undo-a', '-no', '!tx', 'canceled', '+sorry']);
  });

  it('is canceled from a sub-process inside, too', () => {
    const nested = sketch(
      [start(), ...sub('tx', [start('s'), ...sub('in', [start('t'), end('no', cancel)]), user('rest')], { transaction: true })].concat([
        border('canceled', 'tx', cancel),
        user('sorry'),
      ]),
      'start -> tx',
      's -> in -> rest',
      't -> no',
      'canceled -> sorry',
    );
    expect(new Playback(nested).trace).toEqual(['start', '+tx', 's', '+in', 't', 'no', '!in', '!tx', 'canceled', '+sorry']);
  });

  it('undoes what was done in a sub-process that was cut short, but not by the handler for the whole', () => {
    const whole = [border('in-done', 'in', compensation({ handler: 'undo-in' })), user('undo-in', { isForCompensation: true })];
    const deep = [...sub('in', [start('t'), ...undoable('a'), end('no', cancel)]), ...whole];
    const listening = eventSub('late', [start('on', { event: signal('go') }), end('e')]);
    const nested = sketch(
      [start(), ...sub('tx', [start('s'), ...undoable('b'), ...deep, ...listening], { transaction: true })].concat([
        border('canceled', 'tx', cancel),
        user('sorry'),
      ]),
      'start -> tx',
      's -> b -> in',
      't -> a -> no',
      'canceled -> sorry',
    );
    const play = new Playback(nested).complete('b').complete('a');
    expect(play.at).toEqual(['tx', 'in', 'no', 'undo-a']);
    expect(play.choices.map(({ type }) => type)).toEqual(['complete']);
    expect(play.complete('undo-a').complete('undo-b').at).toEqual(['sorry']);
  });

  it('completes normally when canceled without a cancel event', () => {
    const { elements, flows, ...rest } = model;
    const without = elements.filter(({ id }) => id !== 'canceled' && id !== 'sorry');
    const play = new Playback({ ...rest, elements: without, flows: flows.filter(({ source }) => !['canceled', 'sorry'].includes(source)) });
    expect(play.complete('a').complete('b').complete('undo-a').trace).toEqual(['-undo-a', '-no', '-tx', 'end']);
  });
});
