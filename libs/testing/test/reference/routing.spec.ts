import { describe, expect, it } from 'vitest';
import { Playback } from './playback.js';
import { end, script, sketch, start, task, user, xor } from './sketch.js';

// Features: E-01, E-02, E-05

describe('reference: sequence', () => {
  it('passes what takes no time and waits at work', () => {
    const play = new Playback(sketch([start(), task('look'), user('decide'), end()], 'start -> look -> decide -> end'));
    expect(play.trace).toEqual(['start', 'look', '+decide']);
    expect(play.at).toEqual(['decide']);
    play.complete('decide');
    expect(play.trace).toEqual(['-decide', 'end']);
    expect(play.status).toBe('completed');
  });

  it('lets each arriving token start its own activation', () => {
    const model = sketch([start(), task('fork'), user('a'), end()], 'start -> fork -> a -> end', 'fork -> a');
    const play = new Playback(model);
    expect(play.at).toEqual(['a', 'a']);
    expect(play.complete('a').status).toBe('active');
    expect(play.complete('a').status).toBe('completed');
  });

  it('serves tokens first come, first served', () => {
    const elements = [start(), task('a1'), task('a2'), task('b1'), task('b2'), end()];
    const play = new Playback(sketch(elements, 'start -> a1 -> a2 -> end', 'start -> b1 -> b2 -> end'));
    expect(play.trace).toEqual(['start', 'a1', 'b1', 'a2', 'b2', 'end', 'end']);
  });
});

describe('reference: exclusive gateway', () => {
  const model = sketch(
    [start(), xor('gate'), user('big'), user('small'), user('other'), end()],
    'start -> gate -> [default] other -> end',
    'gate -> [n > 3] big -> end',
    'gate -> [n > 1] small -> end',
  );

  it('takes the first flow whose condition is true', () => {
    expect(new Playback(model, { n: 5 }).at).toEqual(['big']);
    expect(new Playback(model, { n: 2 }).at).toEqual(['small']);
  });

  it('takes the default when none is', () => {
    expect(new Playback(model, { n: 0 }).at).toEqual(['other']);
  });

  it('stops with an incident without a way out', () => {
    const stuck = new Playback(sketch([start(), xor('gate'), end()], 'start -> gate -> [false] end'));
    expect(stuck.trace).toEqual(['start', '+gate']);
    expect(stuck.incidents).toEqual(['gate']);
  });

  it('stops with an incident at a condition that is neither true nor false', () => {
    expect(new Playback(model, { n: null }).incidents).toEqual(['gate']);
  });

  it('passes every token alone, back in a loop too', () => {
    const loop = sketch(
      [start(), xor('again'), script('count', '{ n: n + 1 }'), xor('enough'), end()],
      'start -> again -> count -> enough -> [n > 2] end',
      'enough -> [default] again',
    );
    const play = new Playback(loop, { n: 0 });
    expect(play.status).toBe('completed');
    expect(play.variables).toEqual({ n: 3 });
    expect(play.trace.filter((line) => line === 'count')).toHaveLength(3);
  });
});

describe('reference: flows out of an activity', () => {
  const model = sketch(
    [start(), user('ask'), user('always'), user('yes'), user('no'), end()],
    'start -> ask -> always -> end',
    'ask -> [ok = true] yes -> end',
    'ask -> [default] no -> end',
  );

  it('takes unconditional flows always and conditional ones if they are true', () => {
    expect(new Playback(model).complete('ask', { ok: true }).at).toEqual(['always', 'yes']);
  });

  it('takes the default only if no condition is true', () => {
    expect(new Playback(model).complete('ask', { ok: false }).at).toEqual(['always', 'no']);
  });

  it('keeps the token when the way out fails', () => {
    const play = new Playback(sketch([start(), user('ask'), end()], 'start -> ask -> [ok = true] end')).complete('ask', { ok: false });
    expect(play.trace).toEqual([]);
    expect(play.incidents).toEqual(['ask']);
    expect(play.choices).toEqual([]);
  });
});
