import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('script task', () => {
  it('writes the entries of its context', () => {
    const run = play(process('p').start().scriptTask('sum', '{ total: a + b, checked: true }').end()).start({ a: 1, b: 2 });

    expect(run.status).toBe('completed');
    expect(run.variables).toEqual({ a: 1, b: 2, total: 3, checked: true });
  });

  it('writes any value to its result variable', () => {
    expect(
      play(process('p').start().scriptTask('sum', 'a + b', { resultVariable: 'total' }).end()).start({ a: 1, b: 2 }).variables['total'],
    ).toBe(3);
  });

  it('writes nothing for a value that is no context', () => {
    expect(play(process('p').start().scriptTask('sum', 'a + b').end()).start({ a: 1, b: 2 }).variables).toEqual({ a: 1, b: 2 });
  });

  it('keeps its token with an incident when it fails, and is tried again', () => {
    const run = play(process('p').start().scriptTask('sum', '{ total: a + 1 }').end()).start({ a: 'one' });
    expect(run.incidents).toEqual(['expression-failed']);
    expect(run.waitingAt).toEqual(['sum']);

    run.setVariables({ a: 1 }).resolve('sum');
    expect(run.status).toBe('completed');
    expect(run.variables).toEqual({ a: 1, total: 2 });
  });
});
