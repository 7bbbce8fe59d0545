import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';
import type { Play, ProcessBuilder } from '../../testing/index.js';
import type { Change } from '../command.js';

// Features: E-13

const order = process('order').start().userTask('check').userTask('pack').userTask('send').end();
const nested = process('nested')
  .start()
  .userTask('before')
  .subProcess('pack', (inside) => inside.start('in').userTask('wrap').userTask('label').end('out'))
  .userTask('after')
  .end();

function modified(run: Play, ...changes: readonly Change[]): Play {
  return run.send({ type: 'modify', changes, by: 'ada', reason: 'wrong way' });
}

describe('moving tokens by hand', () => {
  it('says who did it, and why', () => {
    const run = play(order).start();
    modified(run, { type: 'move', key: run.keyOf('check'), elementId: 'send' });

    expect(run.last[0]).toEqual({ type: 'instanceModified', by: 'ada', reason: 'wrong way' });
  });

  it('moves a token forward, without what lies between', () => {
    const run = play(order).start();
    modified(run, { type: 'move', key: run.keyOf('check'), elementId: 'send' });

    expect(run.waitingAt).toEqual(['send']);
    expect(run.trace).toEqual(['start', 'check', 'send']);
    expect(run.complete('send').status).toBe('completed');
  });

  it('moves a token back', () => {
    const run = play(order).start().complete('check');
    modified(run, { type: 'move', key: run.keyOf('pack'), elementId: 'check' });

    expect(run.waitingAt).toEqual(['check']);
  });

  it('starts one more token, with variables', () => {
    const run = play(order).start();
    modified(run, { type: 'activate', elementId: 'send', variables: { x: 1 } });

    expect(run.waitingAt).toEqual(['check', 'send']);
    expect(run.all('variablesSet').at(-1)).toMatchObject({ scope: 0, variables: { x: 1 }, by: 'ada' });
  });

  it('takes one token away and leaves the others', () => {
    const run = play(process('p').start().parallel('fork').userTask('a').end('e1').from('fork').userTask('b').end('e2')).start();
    modified(run, { type: 'terminate', key: run.keyOf('a') });

    expect(run.waitingAt).toEqual(['b']);
    expect(run.complete('b').status).toBe('completed');
  });

  it('ends the instance with its last token', () => {
    const run = play(order).start();
    modified(run, { type: 'terminate', key: run.keyOf('check') });

    expect(run.status).toBe('completed');
  });

  it('does several things at once', () => {
    const run = play(order).start();
    modified(
      run,
      { type: 'terminate', key: run.keyOf('check') },
      { type: 'activate', elementId: 'pack' },
      { type: 'activate', elementId: 'send' },
    );

    expect(run.waitingAt).toEqual(['pack', 'send']);
  });

  it('moves within a sub-process', () => {
    const run = play(nested).start().complete('before');
    modified(run, { type: 'move', key: run.keyOf('wrap'), elementId: 'label' });

    expect(run.waitingAt).toEqual(['pack', 'label']);
    expect(run.complete('label').waitingAt).toEqual(['after']);
  });

  it('moves out of a sub-process, which goes on as if it had ended', () => {
    const run = play(nested).start().complete('before');
    modified(run, { type: 'move', key: run.keyOf('pack'), elementId: 'after' });

    expect(run.waitingAt).toEqual(['after']);
  });

  it('starts a token inside an active sub-process', () => {
    const run = play(nested).start().complete('before');
    modified(run, { type: 'activate', elementId: 'label' });

    expect(run.waitingAt).toEqual(['pack', 'wrap', 'label']);
  });

  it('leaves a sub-process whose last token was taken away', () => {
    const run = play(nested).start().complete('before');
    modified(run, { type: 'terminate', key: run.keyOf('wrap') });

    expect(run.waitingAt).toEqual(['after']);
  });

  it('asks for the scope where a sub-process is active more than once', () => {
    const twice = process('twice')
      .start()
      .parallel('fork')
      .subProcess('pack', (inside) => inside.start('in').userTask('wrap').userTask('label').end('out'))
      .end('e1')
      .from('fork')
      .to('pack');
    const run = play(twice).start();
    const [first, second] = run.state.elements.filter(({ elementId }) => elementId === 'pack').map(({ key }) => key);

    expect(() => modified(run, { type: 'activate', elementId: 'label' })).toThrow('pack is active 2 times: name the scope.');
    modified(run, { type: 'activate', elementId: 'label', scope: second! });

    expect(run.state.elements.find(({ elementId }) => elementId === 'label')!.scope).toBe(second);
    expect(first).not.toBe(second);
  });

  it('lets no token move while the instance is suspended', () => {
    const run = play(order).start().send({ type: 'suspend' });
    modified(run, { type: 'move', key: run.keyOf('check'), elementId: 'send' });

    expect(run.waitingAt).toEqual([]);
    expect(run.status).toBe('suspended');
    expect(run.send({ type: 'resume' }).waitingAt).toEqual(['send']);
  });
});

describe('a modification that cannot be done', () => {
  const guarded = process('guarded')
    .start()
    .userTask('a')
    .end()
    .boundaryTimer('late', 'a', 'PT1H')
    .end('e2')
    .eventSubProcess('esp', { id: 'told', event: { type: 'error' } }, (inside) => inside.end('e3'));

  const cases: readonly (readonly [string, ProcessBuilder, (run: Play) => Change, string])[] = [
    ['a token that is not there', order, () => ({ type: 'terminate', key: 99 }), 'Element instance 99 is not there.'],
    ['moving one that is not there', order, () => ({ type: 'move', key: 99, elementId: 'send' }), 'Element instance 99 is not there.'],
    ['an unknown element', order, () => ({ type: 'activate', elementId: 'nowhere' }), 'Process order has no element nowhere.'],
    ['an unknown scope', order, () => ({ type: 'activate', elementId: 'pack', scope: 7 }), 'Scope 7 is not open around pack.'],
    [
      'an element inside what is not active',
      nested,
      () => ({ type: 'activate', elementId: 'wrap' }),
      'pack is not active: activate it first.',
    ],
    [
      'moving a sub-process into itself',
      process('inside')
        .start()
        .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'))
        .end(),
      (run) => ({ type: 'move', key: run.keyOf('pack'), elementId: 'wrap' }),
      'wrap lies inside pack, which is taken away.',
    ],
    ['a boundary event', guarded, () => ({ type: 'activate', elementId: 'late' }), 'only its event brings one there'],
    [
      'an event sub-process',
      guarded,
      (run) => ({ type: 'move', key: run.keyOf('a'), elementId: 'esp' }),
      'only its event brings one there',
    ],
  ];

  it.each(cases)('is refused: %s', (_what, model, change, message) => {
    const run = play(model).start();
    const before = JSON.stringify(run.state);

    // The first change alone could be done.
    const possible: Change = { type: 'activate', elementId: run.waitingAt[0]! };
    expect(() => modified(run, possible, change(run))).toThrow(message);
    expect(JSON.stringify(run.state)).toBe(before);
  });
});
