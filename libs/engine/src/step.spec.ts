import { describe, expect, it } from 'vitest';
import { play, process } from '../testing/index.js';
import type { Play } from '../testing/index.js';
import { Refusal } from './refusal.js';

// Features: E-08, E-10

/** `play` itself makes sure that a refused command changed nothing. */
function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('a command that cannot be taken', () => {
  const model = process('p')
    .start()
    .parallel('fork')
    .userTask('ask')
    .end()
    .from('fork')
    .serviceTask('work')
    .end('e2')
    .from('fork')
    .callActivity('call', 'other')
    .end('e3');
  const started = () => play(model).start({ a: 1 });

  it.each<[string, string, (run: Play) => unknown]>([
    ['a second start', 'already-started', (run) => run.start()],
    ['a job that does not exist', 'not-waiting', (run) => run.send({ type: 'completeJob', key: 99, variables: {} })],
    ['a user task completed as a job', 'not-waiting', (run) => run.send({ type: 'completeJob', key: run.keyOf('ask'), variables: {} })],
    [
      'a job completed as a user task',
      'not-waiting',
      (run) => run.send({ type: 'completeUserTask', key: run.keyOf('work'), variables: {} }),
    ],
    ['a failed job that is none', 'not-waiting', (run) => run.send({ type: 'failJob', key: run.keyOf('ask'), message: 'no' })],
    ['an error at what waits for a child', 'not-waiting', (run) => run.throwError('call', 'E')],
    ['an assignment of a job', 'not-waiting', (run) => run.assign('work', 'ann')],
    ['the end of a child that is none', 'not-waiting', (run) => run.send({ type: 'completeChild', key: run.keyOf('work'), variables: {} })],
    ['the failure of a child that is none', 'not-waiting', (run) => run.send({ type: 'failChild', key: 99, message: 'gone' })],
    ['a timer that does not run', 'not-waiting', (run) => run.send({ type: 'fireTimer', timer: 99 })],
    [
      'a message nobody waits for',
      'not-waiting',
      (run) => run.send({ type: 'correlateMessage', subscription: 99, messageId: 'm', variables: {} }),
    ],
    ['variables of a scope that is not open', 'unknown-scope', (run) => run.setVariables({ a: 2 }, 99)],
    ['an incident that is not open', 'unknown-incident', (run) => run.send({ type: 'resolveIncident', incident: 99 })],
    ['going on after a step that left nothing', 'not-waiting', (run) => run.send({ type: 'continue' })],
  ])('%s is refused: %s', (_, code, act) => {
    expect(codeOf(() => act(started()))).toBe(code);
  });

  it('a task is completed once', () => {
    const run = started();
    const key = run.keyOf('ask');
    run.complete('ask');

    expect(codeOf(() => run.send({ type: 'completeUserTask', key, variables: {} }))).toBe('not-waiting');
  });

  it('nothing is taken before the start and after the end', () => {
    expect(codeOf(() => play(model).cancel())).toBe('instance-not-active');
    expect(codeOf(() => started().cancel().cancel())).toBe('instance-not-active');
  });
});

describe('canceling', () => {
  it('takes every token away and says who asked and why', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').userTask('ask').end('out'))
        .end(),
    ).start();

    run.send({ type: 'cancel', by: 'ann', reason: 'ordered twice' });
    expect(run.status).toBe('terminated');
    expect(run.waitingAt).toEqual([]);
    expect(run.last.map(({ type }) => type)).toEqual(['elementTerminated', 'elementTerminated', 'instanceTerminated']);
    expect(run.last.at(-1)).toEqual({ type: 'instanceTerminated', by: 'ann', reason: 'ordered twice' });
  });
});

describe('time', () => {
  it('is told once per step, and only when it has passed', () => {
    const run = play(process('p').start().userTask('a').userTask('b').userTask('c').end()).start();
    run.complete('a');
    expect(run.last[0]!.type).toBe('userTaskCompleted');

    run.clock += 1;
    run.complete('b');
    expect(run.last[0]).toEqual({ type: 'timeAdvanced', at: run.clock });
  });

  it('never goes back, whatever the command says', () => {
    const run = play(process('p').start().userTask('a').userTask('b').end()).start();
    const { at } = run.state;
    run.clock -= 5_000;

    expect(run.complete('a').state.at).toBe(at);
  });
});

describe('names that mean something to JavaScript', () => {
  it('are plain data as variables', () => {
    const odd = JSON.parse('{"__proto__":{"polluted":true},"constructor":1,"toString":2}') as Record<string, number>;
    const run = play(
      process('p')
        .start()
        .serviceTask('work', { inputs: { hasOwnProperty: 'constructor + toString' } })
        .end(),
    ).start(odd);

    expect(JSON.stringify(run.variables)).toBe('{"__proto__":{"polluted":true},"constructor":1,"toString":2}');
    expect(run.all('jobCreated')[0]!.variables).toHaveProperty('hasOwnProperty', 3);
    run.complete('work', JSON.parse('{"__proto__":{"other":true},"valueOf":5}') as Record<string, number>);
    expect(JSON.stringify(run.variables)).toBe('{"__proto__":{"other":true},"constructor":1,"toString":2,"valueOf":5}');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(({} as Record<string, unknown>)['other']).toBeUndefined();
  });

  it('that are not set are null to an expression', () => {
    const run = play(
      process('p').start().exclusive('x').when('toString = null').userTask('none').end().from('x').otherwise().end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['none']);
  });
});
