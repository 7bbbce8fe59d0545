import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';

describe('end event', () => {
  const two = process('p').start().parallel('fork').userTask('a').end('endA').from('fork').userTask('b').end('endB');

  it('ends the instance with its last token, not before', () => {
    const run = play(two).start().complete('a');
    expect(run.status).toBe('active');

    run.complete('b');
    expect(run.status).toBe('completed');
    expect(run.all('instanceCompleted')).toHaveLength(1);
  });

  it('takes every other token away when it terminates', () => {
    const run = play(process('p').start().parallel('fork').userTask('a').terminate('stop').from('fork').userTask('b').end())
      .start()
      .complete('a');

    expect(run.status).toBe('completed');
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['b']);
  });

  it('terminates its own scope only', () => {
    const inner = process('p')
      .start()
      .parallel('fork')
      .subProcess('sub', (inside) =>
        inside.start('in').parallel('split').userTask('a').terminate('stop').from('split').userTask('b').end('out'),
      )
      .userTask('after')
      .end()
      .from('fork')
      .userTask('beside')
      .end('end2');

    expect(play(inner).start().complete('a').waitingAt).toEqual(['beside', 'after']);
  });

  it('throws its error to the boundary event that names it', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside.start('in').parallel('split').userTask('slow').end('out').from('split').task('quick').errorEnd('oops', 'E1', 'no stock'),
        )
        .end()
        .boundaryError('caught', 'sub', { errorCode: 'E1', messageVariable: 'why' })
        .userTask('repair')
        .end('repaired'),
    ).start();

    expect(run.waitingAt).toEqual(['repair']);
    expect(run.variables).toEqual({ why: 'no stock' });
    expect(run.all('errorCaught')).toMatchObject([{ elementId: 'caught', errorCode: 'E1' }]);
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['slow', 'sub']);
  });

  it('stops with an incident when nobody catches its error', () => {
    const run = play(process('p').start().errorEnd('oops', 'E1')).start();

    expect(run.incidents).toEqual(['error-uncaught']);
    expect(run.waitingAt).toEqual(['oops']);
    expect(run.resolve('oops').incidents).toEqual(['error-uncaught']);
  });

  it('hands an uncaught error of a called instance to its caller', () => {
    const run = play(
      process('p').start().parallel('fork').userTask('a').errorEnd('oops', 'E1', 'no stock').from('fork').userTask('b').end(),
    ).start({}, { parent: { instanceId: 'caller', key: 7 } });

    run.complete('a');
    expect(run.status).toBe('terminated');
    expect(run.last.at(-1)).toEqual({ type: 'instanceTerminated', error: { code: 'E1', message: 'no stock' } });
  });
});
