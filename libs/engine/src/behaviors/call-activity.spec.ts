import { describe, expect, it } from 'vitest';
import { feel, forEach, play, process } from '../../testing/index.js';

// Features: M-10, E-26

describe('call activity', () => {
  it('hands the inputs down, waits, and brings the outputs back', () => {
    const run = play(
      process('p')
        .start()
        .callActivity('review', 'reviewing', { inputs: { what: 'invoice' }, outputs: { ok: 'clarified' } })
        .end(),
    ).start({
      invoice: 'I-1',
      other: 1,
    });
    expect(run.all('childStarted')).toMatchObject([
      { calledProcessId: 'reviewing', binding: { type: 'latest' }, variables: { what: 'I-1' } },
    ]);
    expect(run.all('childStarted')[0]!.variables).toEqual({ what: 'I-1' });

    run.complete('review', { clarified: true, noise: 1 });
    expect(run.status).toBe('completed');
    expect(run.variables).toEqual({ invoice: 'I-1', other: 1, ok: true });
  });

  it('hands everything down and back where so modelled', () => {
    const run = play(
      process('p')
        .start()
        .callActivity('review', 'reviewing', { passAllVariables: true, returnAllVariables: true, businessKey: feel('id') })
        .end(),
    ).start({
      id: 'A-1',
    });
    expect(run.all('childStarted')).toMatchObject([{ variables: { id: 'A-1' }, businessKey: 'A-1' }]);

    expect(run.complete('review', { id: 'A-2', more: 1 }).variables).toEqual({ id: 'A-2', more: 1 });
  });

  it('keeps inside what each inner instance of a loop has of its own, its result among it', () => {
    const all = { passAllVariables: true, returnAllVariables: true };
    const loop = forEach('items', 'item', { outputCollection: 'results', outputElement: feel('result') });
    const run = play(
      process('p')
        .start()
        .callActivity('review', 'reviewing', { ...all, loop })
        .end(),
    ).start({ items: ['a', 'b'] });

    for (const { key, variables } of run.all('childStarted')) {
      run.send({ type: 'completeChild', key, variables: { ...variables, result: `${String(variables['item'])}!`, more: 1 } });
    }
    expect(run.variables).toEqual({ items: ['a', 'b'], results: ['a!', 'b!'], more: 1 });
  });

  it('takes nothing back unless asked to', () => {
    expect(play(process('p').start().callActivity('review', 'reviewing').end()).start().complete('review', { noise: 1 }).variables).toEqual(
      {},
    );
  });

  it('lets its boundary event catch what the child did not', () => {
    const run = play(
      process('p')
        .start()
        .callActivity('review', 'reviewing')
        .end()
        .boundaryError('failed', 'review', { errorCode: 'E1' })
        .userTask('repair')
        .end('e2'),
    ).start();

    run.send({ type: 'failChild', key: run.keyOf('review'), errorCode: 'E1', message: 'bad' });
    expect(run.waitingAt).toEqual(['repair']);
  });

  it('stops with an incident when the child is lost, and calls again when that is resolved', () => {
    const run = play(process('p').start().callActivity('review', 'reviewing').end()).start();

    run.send({ type: 'failChild', key: run.keyOf('review'), code: 'process-not-found', message: 'There is no such process.' });
    expect(run.incidents).toEqual(['process-not-found']);

    run.resolve('review');
    expect(run.all('childStarted')).toHaveLength(2);
    expect(run.complete('review').status).toBe('completed');
  });
});
