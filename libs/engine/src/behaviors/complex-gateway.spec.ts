import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';

// Features: E-02
// Covers: complex gateway / fork
// Covers: complex gateway / join

/** Three offers are asked for; the gateway decides how many are enough. */
function offers(activationCondition?: string): ProcessBuilder {
  return process('offers')
    .start()
    .parallel('fork')
    .userTask('a')
    .complex('enough', activationCondition)
    .userTask('decide')
    .end()
    .from('fork')
    .userTask('b')
    .to('enough')
    .from('fork')
    .userTask('c')
    .to('enough');
}

describe('complex gateway', () => {
  it('goes on as soon as its activation condition is true', () => {
    const run = play(offers('activationCount >= 2')).start();

    expect(run.complete('a').waitingAt).toEqual(['b', 'c', 'enough']);
    expect(run.complete('c').waitingAt).toEqual(['b', 'decide']);
  });

  it('takes the late token without going on once more', () => {
    const run = play(offers('activationCount >= 2')).start().complete('a').complete('b');

    expect(run.complete('c').waitingAt).toEqual(['decide']);
    expect(run.all('gatewayReset')).toHaveLength(1);
    expect(run.complete('decide').status).toBe('completed');
  });

  it('is reset, too, when the late token can no longer come', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .userTask('a')
        .complex('enough')
        .userTask('decide')
        .end()
        .from('fork')
        .userTask('b')
        .exclusive('ok')
        .when('ok = true')
        .to('enough')
        .from('ok')
        .otherwise()
        .end('no'),
    ).start({ ok: false });

    expect(run.complete('a').waitingAt).toEqual(['b', 'decide']);
    run.complete('b');
    expect(run.complete('decide').status).toBe('completed');
  });

  it('begins anew after its reset', () => {
    const run = play(
      process('p')
        .start()
        .exclusive('begin')
        .parallel('fork')
        .userTask('a')
        .complex('enough')
        .userTask('decide')
        .exclusive('again')
        .when('again = true')
        .to('begin')
        .from('again')
        .otherwise()
        .end()
        .from('fork')
        .userTask('b')
        .to('enough'),
    ).start({ again: true });

    run.complete('a').complete('b').complete('decide');
    expect(run.waitingAt).toEqual(['a', 'b']);
    expect(run.complete('b').waitingAt).toEqual(['a', 'decide']);
    expect(run.all('gatewayFired').map(({ flows }) => flows)).toEqual([['a_to_enough'], ['b_to_enough']]);
  });

  it('without a condition goes on with the first token', () => {
    expect(play(offers()).start().complete('b').waitingAt).toEqual(['a', 'c', 'decide']);
  });

  it('can ask for tokens by the flow they come on', () => {
    const run = play(offers('c_to_enough > 0')).start();

    expect(run.complete('a').complete('b').waitingAt).toEqual(['c', 'enough', 'enough']);
    expect(run.complete('c').waitingAt).toEqual(['decide']);
  });

  it('that can never become true keeps its tokens', () => {
    const run = play(offers('activationCount > 9')).start().complete('a').complete('b').complete('c');

    expect(run.waitingAt).toEqual(['enough', 'enough', 'enough']);
  });

  it('chooses its ways out by their conditions', () => {
    const model = process('p')
      .start()
      .complex('split')
      .when('n > 1')
      .userTask('a')
      .end()
      .from('split')
      .when('n > 2')
      .userTask('b')
      .end('e2')
      .from('split')
      .otherwise()
      .userTask('c')
      .end('e3');

    expect(play(model).start({ n: 3 }).waitingAt).toEqual(['a', 'b']);
    expect(play(model).start({ n: 0 }).waitingAt).toEqual(['c']);
  });

  it('with a condition that is neither true nor false stops once, and goes on when that is mended', () => {
    const run = play(offers('enoughAlready')).start({ enoughAlready: 'maybe' });

    run.complete('a');
    expect(run.incidents).toEqual(['condition-not-boolean']);
    run.complete('b');
    expect(run.incidents).toEqual(['condition-not-boolean']);
    run.setVariables({ enoughAlready: true }).resolve('enough');
    expect(run.waitingAt).toEqual(['c', 'decide']);
  });
});
