import { describe, expect, it } from 'vitest';
import { Playback } from './playback.js';
import {
  and,
  border,
  end,
  error,
  escalation,
  eventSub,
  message,
  service,
  signal,
  sketch,
  start,
  sub,
  task,
  terminate,
  thrown,
  timer,
  user,
} from './sketch.js';

// Features: E-03, E-04

describe('reference: sub-process', () => {
  const inner = sub('sub', [start('s'), user('a'), end('e')]);

  it('puts a token at its start and completes with its last one', () => {
    const play = new Playback(sketch([start(), ...inner, end()], 'start -> sub -> end', 's -> a -> e'));
    expect(play.trace).toEqual(['start', '+sub', 's', '+a']);
    expect(play.complete('a').trace).toEqual(['-a', 'e', '-sub', 'end']);
  });

  it('begins, without a start event, at everything no flow leads to', () => {
    const play = new Playback(sketch([start(), ...sub('sub', [user('a'), user('b'), user('c')]), end()], 'start -> sub -> end', 'a -> c'));
    expect(play.at).toEqual(['sub', 'a', 'b']);
  });

  it('completes at once when empty', () => {
    expect(new Playback(sketch([start(), ...sub('sub', []), end()], 'start -> sub -> end')).trace).toEqual(['start', 'sub', 'end']);
  });

  it('ends at once by a terminate end event, and nothing around it does', () => {
    const model = sketch(
      [start(), and('fork'), user('beside'), ...sub('sub', [start('s'), user('a'), user('b'), end('stop', terminate)]), end()],
      'start -> fork -> sub -> end',
      'fork -> beside -> end',
      's -> a -> stop',
      's -> b',
    );
    const play = new Playback(model).complete('a');
    expect(play.trace).toEqual(['-a', '+stop', '!b', '-stop', '-sub', 'end']);
    expect(play.at).toEqual(['beside']);
  });
});

describe('reference: boundary events', () => {
  const model = (interrupting: boolean) =>
    sketch([start(), user('a'), border('on', 'a', message('hint'), interrupting), user('b'), end()], 'start -> a -> end', 'on -> b -> end');

  it('end the activity when they interrupt', () => {
    const play = new Playback(model(true)).receive('on');
    expect(play.trace).toEqual(['!a', 'on', '+b']);
    expect(play.choices.map(({ type }) => type)).toEqual(['complete']);
  });

  it('leave the activity alone when they do not, and can happen again', () => {
    const play = new Playback(model(false)).receive('on').receive('on');
    expect(play.at).toEqual(['a', 'b', 'b']);
  });

  it('are withdrawn with the activity', () => {
    expect(new Playback(model(false)).complete('a').status).toBe('completed');
  });

  it('count the repetitions of a timer', () => {
    const cycle = sketch(
      [start(), user('a'), border('tick', 'a', timer('R2/PT1H', 'cycle'), false), task('remind'), end()],
      'start -> a -> end',
      'tick -> remind',
    );
    const play = new Playback(cycle).fire('tick').fire('tick');
    expect(play.choices.map(({ type }) => type)).toEqual(['complete']);
  });

  it('end everything inside a sub-process, the inside first', () => {
    const nested = sketch(
      [start(), ...sub('sub', [start('s'), user('a'), user('b')]), border('late', 'sub', timer('PT1H')), end()],
      'start -> sub -> end',
      's -> a',
      's -> b',
      'late -> end',
    );
    expect(new Playback(nested).fire('late').trace).toEqual(['!a', '!b', '!sub', 'late', 'end']);
  });
});

describe('reference: errors', () => {
  const model = sketch(
    [
      start(),
      ...sub('sub', [start('s'), service('a'), end('failed', error('E1'))]),
      border('named', 'sub', error('E1')),
      border('any', 'sub', error()),
      user('repair'),
      user('shrug'),
      end(),
    ],
    'start -> sub -> end',
    's -> a -> failed',
    'any -> shrug -> end',
    'named -> repair -> end',
  );

  it('are caught where their code is named before where every code is', () => {
    expect(new Playback(model).complete('a').trace).toEqual(['-a', 'failed', '!sub', 'named', '+repair']);
    expect(new Playback(model).fail('a', 'E1').trace).toEqual(['!a', '!sub', 'named', '+repair']);
    expect(new Playback(model).fail('a', 'E2').at).toEqual(['shrug']);
  });

  it('are caught by an event sub-process of the scope before a boundary event around it', () => {
    const inside = [start('s'), service('a'), ...eventSub('handle', [start('on', { event: error() }), user('h')])];
    const both = sketch(
      [start(), ...sub('sub', inside), border('named', 'sub', error('E1')), end()],
      'start -> sub -> end',
      's -> a',
      'on -> h',
    );
    const play = new Playback(both).fail('a', 'E1');
    expect(play.trace).toEqual(['!a', '+handle', 'on', '+h']);
    expect(play.complete('h').trace).toEqual(['-h', '-handle', '-sub', 'end']);
  });

  it('stop with an incident when nobody catches them', () => {
    const uncaught = sketch([start(), end('failed', error('E1'))], 'start -> failed');
    expect(new Playback(uncaught).trace).toEqual(['start', '+failed']);
    expect(new Playback(uncaught).incidents).toEqual(['failed']);
  });
});

describe('reference: escalations', () => {
  const model = (interrupting: boolean) =>
    sketch(
      [
        start(),
        ...sub('sub', [start('s'), thrown('up', escalation('X')), user('a')]),
        border('on', 'sub', escalation(), interrupting),
        user('boss'),
        end(),
      ],
      'start -> sub -> end',
      's -> up -> a',
      'on -> boss -> end',
    );

  it('let their thrower go on when the catcher does not interrupt', () => {
    const play = new Playback(model(false));
    expect(play.trace).toEqual(['start', '+sub', 's', '+up', 'on', '-up', '+boss', '+a']);
  });

  it('end their thrower when it does', () => {
    expect(new Playback(model(true)).at).toEqual(['boss']);
  });

  it('do nothing when nobody catches them', () => {
    expect(new Playback(sketch([start(), thrown('up', escalation('X')), end()], 'start -> up -> end')).status).toBe('completed');
  });
});

describe('reference: event sub-process', () => {
  const model = (interrupting: boolean) =>
    sketch(
      [start(), user('a'), ...eventSub('esp', [start('on', { event: message('stop'), interrupting }), user('h'), end('e')]), end()],
      'start -> a -> end',
      'on -> h -> e',
    );

  it('ends all other tokens of its scope and every other event when it interrupts', () => {
    const play = new Playback(model(true)).receive('on');
    expect(play.trace).toEqual(['!a', '+esp', 'on', '+h']);
    expect(play.choices.map(({ type }) => type)).toEqual(['complete']);
    expect(play.complete('h').trace).toEqual(['-h', 'e', '-esp']);
    expect(play.status).toBe('completed');
  });

  it('runs beside, again and again, when it does not', () => {
    const play = new Playback(model(false)).receive('on').receive('on');
    expect(play.at).toEqual(['a', 'esp', 'h', 'esp', 'h']);
    expect(play.complete('a').complete('h').status).toBe('active');
    expect(play.complete('h').status).toBe('completed');
  });

  it('does not hold its scope open by waiting', () => {
    expect(new Playback(model(false)).complete('a').status).toBe('completed');
  });
});

describe('reference: what an event sub-process throws again', () => {
  it('goes on outside of its scope', () => {
    const handler = eventSub('esp', [
      start('on', { event: escalation('X'), interrupting: false }),
      thrown('again', escalation('X')),
      end('e'),
    ]);
    const model = sketch(
      [
        start(),
        ...sub('sub', [start('s'), thrown('up', escalation('X')), user('a'), ...handler]),
        border('told', 'sub', escalation()),
      ].concat([user('boss'), end()]),
      'start -> sub -> end',
      's -> up -> a',
      'on -> again -> e',
      'told -> boss -> end',
    );
    expect(new Playback(model).at).toEqual(['boss']);
  });
});

describe('reference: signals', () => {
  it('reach everything that waits for them at that moment', () => {
    const model = sketch(
      [start(), and('fork'), user('a'), border('on', 'a', signal('go'), false), user('b'), border('off', 'b', signal('go')), end()].concat([
        user('throwing'),
        thrown('shout', signal('go')),
        user('late'),
        border('deaf', 'late', signal('go')),
      ]),
      'start -> fork -> a -> end',
      'fork -> b -> end',
      'fork -> throwing -> shout -> late -> end',
      'on -> end',
      'off -> end',
      'deaf -> end',
    );
    const play = new Playback(model).complete('throwing');
    expect(play.trace).toEqual(['-throwing', '+shout', 'on', '!b', 'off', '-shout', 'end', 'end', '+late']);
    expect(play.at).toEqual(['a', 'late']);
    expect(play.signal('go').at).toEqual(['a']);
  });

  it('leave those they do not interrupt in their place', () => {
    const model = sketch(
      [start(), and('fork'), user('a'), border('on', 'a', signal('go'), false), user('b'), border('off', 'b', signal('go'), false), end()],
      'start -> fork -> a -> end',
      'fork -> b -> end',
      'on -> end',
      'off -> end',
    );
    const play = new Playback(model).signal('go');
    expect(play.trace).toEqual(['on', 'end', 'off', 'end']);
    expect(play.signal('go').trace).toEqual(['on', 'end', 'off', 'end']);
  });
});
