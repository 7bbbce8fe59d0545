import { describe, expect, it } from 'vitest';
import { Playback } from './playback.js';
import { border, end, error, feel, literal, script, service, sketch, start, sub, times, timer, user } from './sketch.js';

// Features: E-05, E-06

describe('reference: multi-instance', () => {
  it('runs all inner instances at once in a body, and completes with the last', () => {
    const play = new Playback(sketch([start(), user('a', { loop: times(3) }), end()], 'start -> a -> end'));
    expect(play.trace).toEqual(['start', '+a', '+a', '+a', '+a']);
    expect(play.complete('a').trace).toEqual(['-a']);
    expect(play.complete('a').complete('a').trace).toEqual(['-a', '-a', 'end']);
  });

  it('runs them one after the other when sequential', () => {
    const play = new Playback(sketch([start(), user('a', { loop: times(2, { sequential: true }) }), end()], 'start -> a -> end'));
    expect(play.at).toEqual(['a', 'a']);
    expect(play.complete('a').trace).toEqual(['-a', '+a']);
    expect(play.complete('a').status).toBe('completed');
  });

  it('completes at once without inner instances', () => {
    expect(new Playback(sketch([start(), user('a', { loop: times(0) }), end()], 'start -> a -> end')).trace).toEqual(['start', 'a', 'end']);
  });

  it('ends the rest when its completion condition is true', () => {
    const loop = times(3, { completionCondition: feel('numberOfCompletedInstances >= 2') });
    const play = new Playback(sketch([start(), user('a', { loop }), end()], 'start -> a -> end')).complete('a');
    expect(play.status).toBe('active');
    expect(play.complete('a').trace).toEqual(['-a', '!a', '-a', 'end']);
  });

  it('gives each inner instance its number and keeps it from the others', () => {
    const model = sketch([start(), script('a', '{ seen: loopCounter }', { loop: times(3) }), end()], 'start -> a -> end');
    expect(new Playback(model, { seen: 0 }).variables).toEqual({ seen: 3 });
  });

  it('has the boundary events of its body', () => {
    const model = sketch(
      [start(), service('a', { loop: times(2) }), border('late', 'a', timer('PT1H')), border('bad', 'a', error()), end(), end('other')],
      'start -> a -> end',
      'late -> other',
      'bad -> other',
    );
    expect(new Playback(model).choices.filter(({ type }) => type === 'fireTimer')).toHaveLength(1);
    expect(new Playback(model).fire('late').trace).toEqual(['!a', '!a', '!a', 'late', 'other']);
    expect(new Playback(model).fail('a', 'E').trace).toEqual(['!a', '!a', '!a', 'bad', 'other']);
  });

  it('opens one scope per inner sub-process', () => {
    const model = sketch(
      [start(), ...sub('sub', [start('s'), user('a'), end('e')], { loop: times(2) }), end()],
      'start -> sub -> end',
      's -> a -> e',
    );
    const play = new Playback(model);
    expect(play.at).toEqual(['sub', 'sub', 'sub', 'a', 'a']);
    expect(play.complete('a').trace).toEqual(['-a', 'e', '-sub']);
    expect(play.complete('a').trace).toEqual(['-a', 'e', '-sub', '-sub', 'end']);
  });
});

describe('reference: standard loop', () => {
  const model = (testBefore: boolean, condition: string, maximum?: number) =>
    sketch(
      [
        start(),
        user('a', {
          loop: { kind: 'standard', testBefore, condition: feel(condition), ...(maximum ? { maximum: literal(String(maximum)) } : {}) },
        }),
        end(),
      ],
      'start -> a -> end',
    );

  it('runs its body before it looks at the condition', () => {
    const play = new Playback(model(false, 'again'), { again: false });
    expect(play.at).toEqual(['a', 'a']);
    expect(play.complete('a').status).toBe('completed');
  });

  it('looks first when told to', () => {
    expect(new Playback(model(true, 'again'), { again: false }).trace).toEqual(['start', 'a', 'end']);
  });

  it('goes on while the condition is true', () => {
    const play = new Playback(model(true, 'loopCounter < 2'));
    expect(play.complete('a').status).toBe('active');
    expect(play.complete('a').status).toBe('completed');
  });

  it('stops at its maximum', () => {
    expect(new Playback(model(false, 'true', 2)).complete('a').complete('a').status).toBe('completed');
  });
});
