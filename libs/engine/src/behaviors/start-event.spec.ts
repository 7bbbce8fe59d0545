import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('start event', () => {
  it('puts a token on the flow that leaves it', () => {
    const run = play(process('p').start().userTask('ask').end()).start({ amount: 5 });

    expect(run.waitingAt).toEqual(['ask']);
    expect(run.variables).toEqual({ amount: 5 });
  });

  it('keeps the business key and the name of whoever started', () => {
    const run = play(process('p').start('start', { initiatorVariable: 'requester' }).userTask('ask').end()).start(
      {},
      { by: 'ann', businessKey: 'A-1' },
    );

    expect(run.variables).toEqual({ requester: 'ann' });
    expect(run.state.businessKey).toBe('A-1');
  });

  it('is named when a message starts the instance', () => {
    const two = process('p').start().userTask('ask').end().messageStart('ordered', 'order').userTask('pack').end('sent');

    expect(play(two).start().waitingAt).toEqual(['ask']);
    expect(play(two).start({ item: 'pen' }, { startElementId: 'ordered' }).waitingAt).toEqual(['pack']);
  });

  it('lets out only what the outputs of a message start name', () => {
    const run = play(process('p').messageStart('ordered', 'order', { what: 'item' }).userTask('pack').end()).start(
      { item: 'pen', secret: 1 },
      { startElementId: 'ordered' },
    );

    expect(run.variables).toEqual({ what: 'pen' });
  });

  it('is needed only where a model has one: else every element without a way in begins', () => {
    const run = play(process('p').userTask('a').elsewhere().userTask('b')).start();

    expect(run.waitingAt).toEqual(['a', 'b']);
  });

  it('must be chosen when there are several plain ones', () => {
    const two = process('p').start('one').userTask('a').end().start('two').userTask('b').end('end2');

    expect(() => play(two).start()).toThrowError('several start events: one, two');
    expect(play(two).start({}, { startElementId: 'two' }).waitingAt).toEqual(['b']);
    expect(play(two).start({}, { atAllStarts: true }).waitingAt).toEqual(['a', 'b']);
  });

  it('refuses to begin where there is none', () => {
    const onlyMessage = process('p').messageStart('ordered', 'order').userTask('pack').end();

    expect(() => play(onlyMessage).start()).toThrowError('no plain start event');
    expect(() => play(onlyMessage).start({}, { startElementId: 'pack' })).toThrowError('no start event pack');
  });
});
