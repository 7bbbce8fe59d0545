import { describe, expect, it } from 'vitest';
import { Playback } from './playback.js';
import {
  and,
  border,
  caught,
  end,
  firstOf,
  link,
  message,
  or,
  receive,
  signal,
  sketch,
  start,
  task,
  thrown,
  timer,
  user,
  xor,
} from './sketch.js';

// Features: E-02, E-05

describe('reference: parallel gateway', () => {
  const forkJoin = sketch(
    [start(), and('fork'), user('a'), user('b'), and('join'), end()],
    'start -> fork -> a -> join -> end',
    'fork -> b -> join',
  );

  it('waits for one token on every incoming flow', () => {
    const play = new Playback(forkJoin).complete('b');
    expect(play.at).toEqual(['a', '(join)']);
    expect(play.complete('a').trace).toEqual(['-a', 'join', 'end']);
    expect(play.status).toBe('completed');
  });

  it('keeps an extra token on a flow for the next round', () => {
    const model = sketch(
      [start(), and('fork'), user('a'), user('b'), user('c'), xor('merge'), and('join'), end()],
      'start -> fork -> a -> merge -> join -> end',
      'fork -> b -> merge',
      'fork -> c -> join',
    );
    const play = new Playback(model).complete('a').complete('b');
    expect(play.at).toEqual(['c', '(join)', '(join)']);
    expect(play.complete('c').at).toEqual(['(join)']);
    expect(play.choices).toEqual([]);
  });
});

describe('reference: inclusive gateway', () => {
  const model = sketch(
    [start(), or('split'), user('a'), user('b'), user('c'), or('join'), end()],
    'start -> split -> [n > 0] a -> join -> end',
    'split -> [n > 1] b -> join',
    'split -> [default] c -> join',
  );

  it('forks to every flow whose condition is true', () => {
    expect(new Playback(model, { n: 2 }).at).toEqual(['a', 'b']);
    expect(new Playback(model, { n: 0 }).at).toEqual(['c']);
  });

  it('joins the tokens that can still come and no others', () => {
    const play = new Playback(model, { n: 2 }).complete('b');
    expect(play.at).toEqual(['a', '(join)']);
    expect(play.complete('a').trace).toEqual(['-a', 'join', 'end']);
    expect(new Playback(model, { n: 1 }).complete('a').status).toBe('completed');
  });

  it('stops with an incident when no condition is true and there is no default', () => {
    const stuck = sketch([start(), or('split'), end()], 'start -> split -> [n > 0] end');
    expect(new Playback(stuck, { n: 0 }).incidents).toEqual(['split']);
  });

  it('waits for a token that only a boundary event or a link can bring', () => {
    const roundabout = sketch(
      [start(), and('fork'), user('a'), user('b'), border('late', 'b', timer('PT1H')), or('join'), end(), end('done')].concat([
        thrown('out', link('bridge')),
        caught('in', link('bridge')),
      ]),
      'start -> fork -> a -> join -> end',
      'fork -> b -> done',
      'late -> out',
      'in -> join',
    );
    expect(new Playback(roundabout).complete('a').at).toEqual(['b', '(join)']);
    expect(new Playback(roundabout).complete('a').fire('late').trace).toEqual(['!b', 'late', 'out', 'in', 'join', 'end']);
    expect(new Playback(roundabout).complete('a').complete('b').status).toBe('completed');
  });

  it('does not wait for a token that can as well come to a flow that has one (second clause)', () => {
    // The token at `back` may return to either side: waiting for it would never end well.
    const model2 = sketch(
      [start(), and('fork'), user('a'), user('b'), xor('choose'), xor('left'), xor('right'), or('join'), end()],
      'start -> fork -> a -> left -> join -> end',
      'fork -> b -> choose -> [n = 1] left',
      'choose -> [default] right -> join',
    );
    const play = new Playback(model2, { n: 1 }).complete('a');
    expect(play.trace).toEqual(['-a', 'left', 'join', 'end']);
    expect(play.at).toEqual(['b']);
  });

  it('is looked at only when no other token can move', () => {
    const model3 = sketch(
      [start(), and('fork'), task('slow1'), task('slow2'), or('join'), end()],
      'start -> fork -> join -> end',
      'fork -> slow1 -> slow2 -> join',
    );
    expect(new Playback(model3).trace).toEqual(['start', 'fork', 'slow1', 'slow2', 'join', 'end']);
  });
});

describe('reference: event-based gateway', () => {
  const model = sketch(
    [
      start(),
      firstOf('first'),
      caught('paid', message('payment')),
      caught('late', timer('P1D')),
      receive('reply', 'answer'),
      caught('off', signal('stop')),
      end(),
    ],
    'start -> first -> paid -> end',
    'first -> late -> end',
    'first -> reply -> end',
    'first -> off -> end',
  );

  it('waits on all its targets', () => {
    const play = new Playback(model);
    expect(play.at).toEqual(['first']);
    expect(play.choices).toEqual([
      { type: 'message', elementId: 'paid', nth: 0, name: 'payment' },
      { type: 'fireTimer', elementId: 'late', nth: 0, name: 'P1D' },
      { type: 'message', elementId: 'reply', nth: 0, name: 'answer' },
      { type: 'signal', name: 'stop' },
    ]);
  });

  it('gives its token to the first event and withdraws the others', () => {
    const play = new Playback(model).receive('reply');
    expect(play.trace).toEqual(['-first', 'reply', 'end']);
    expect(play.choices).toEqual([]);
  });
});

describe('reference: links', () => {
  it('go on at the catch event of the same name', () => {
    const model = sketch([start(), thrown('out', link('x')), caught('in', link('x')), end()], 'start -> out', 'in -> end');
    expect(new Playback(model).trace).toEqual(['start', 'out', 'in', 'end']);
  });
});
