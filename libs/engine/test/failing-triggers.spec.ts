import { describe, expect, it } from 'vitest';
import { awaited, feel, literal, play, process } from '@baton/engine/testing';

// Features: E-02, E-04

/** What a trigger evaluates may fail at moments when no token is at an element. It is an incident then, never an exception. */
describe('an expression of a trigger that fails', () => {
  const failing = '1 + "a"';

  it('stops an event sub-process in which another cannot be armed, and goes on when that is mended', () => {
    const model = process('p')
      .start()
      .userTask('work')
      .end()
      .eventSubProcess('outer', { id: 'on', event: awaited('stop') }, (inside) =>
        inside
          .userTask('tidy')
          .end('tidied')
          .eventSubProcess('inner', { id: 'asked', event: awaited('ask', 'key + 1') }, (deeper) => deeper.task('answer').end('answered')),
      );
    const run = play(model).start({ key: 'none' }).receive('on');
    expect(run.incidents).toEqual(['expression-failed']);

    run.setVariables({ key: 1 }).resolve('outer');
    expect(run.incidents).toEqual([]);
    expect(run.complete('tidy').status).toBe('completed');
  });

  it('stops a gateway that starts instances in parallel where it cannot wait for the others', () => {
    const model = process('p')
      .eventBased('g', { instantiate: true, parallel: true })
      .catches('one', awaited('first'))
      .end()
      .from('g')
      .catches('two', awaited('second', failing))
      .end('e2');
    const run = play(model).start({}, { startElementId: 'one' });

    expect(run.incidents).toEqual(['expression-failed']);
  });

  it('leaves a conversation unbegun', () => {
    const conversation = { name: 'order', properties: [feel(failing)] };
    const model = process('p')
      .start('s', { event: { type: 'message', message: { name: literal('order'), conversation } } })
      .catches('more', { type: 'message', message: { name: literal('change'), conversation } })
      .end();
    const run = play(model).start({}, { startElementId: 's' });

    expect(run.state.conversations).toBeUndefined();
    expect(run.receive('more').status).toBe('completed');
  });
});
