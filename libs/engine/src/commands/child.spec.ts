import { describe, expect, it } from 'vitest';
import { play, process, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import type { ElementId, ProcessModel } from '../model.js';
import { Simulation } from '../simulation/simulation.js';

// Features: E-26, M-10
// Covers: call activity / detached
// Covers: call activity / callable sub-process (BPML)
// Covers: spawned / waits for detached calls (BPML)

describe('a detached call', () => {
  const main = process('main').start().callActivity('spawn', 'child', { detached: true }).userTask('next').end();

  it('starts a process and goes on', () => {
    const run = play(main).start();

    expect(run.waitingAt).toEqual(['next']);
    expect(run.all('childStarted')).toMatchObject([{ elementId: 'spawn', calledProcessId: 'child', detached: true }]);
    expect(run.state.detached).toEqual([{ key: run.all('childStarted')[0]!.key, elementId: 'spawn' }]);
  });

  it('takes notice of its end, whatever end that is, and nothing more', () => {
    const done = play(main).start();
    done.send({ type: 'completeChild', key: done.state.detached![0]!.key, variables: { x: 1 } });
    expect(done.variables).toEqual({});
    expect(done.state).not.toHaveProperty('detached');

    const failed = play(main).start();
    failed.send({ type: 'failChild', key: failed.state.detached![0]!.key, errorCode: 'E', message: 'no' });
    expect(failed.waitingAt).toEqual(['next']);
    expect(failed.incidents).toEqual([]);
  });

  it('is not ended with the process that made it', () => {
    const simulation = world(
      process('main').start().callActivity('spawn', 'child', { detached: true }).end(),
      process('child').start('in').userTask('work').end('out'),
    );
    const id = simulation.start('main');

    expect(simulation.instance(id).state.status).toBe('completed');
    expect(simulation.waiting).toMatchObject([{ elementId: 'work' }]);
    const [work] = simulation.waiting;
    simulation.completeUserTask(work!.instanceId, work!.key);
    expect(simulation.waiting).toEqual([]);
  });
});

describe('waiting for what was spawned', () => {
  const main = process('main')
    .start()
    .callActivity('one', 'child', { detached: true })
    .callActivity('two', 'child', { detached: true })
    .catches('join', { type: 'spawned' })
    .userTask('next')
    .end();

  it('goes on when the last of them has ended', () => {
    const run = play(main).start();
    expect(run.state.elements).toMatchObject([{ elementId: 'join', waiting: 'spawned' }]);
    const [one, two] = run.state.detached!;

    expect(run.send({ type: 'completeChild', key: two!.key, variables: {} }).waitingAt).toEqual(['join']);
    expect(run.send({ type: 'failChild', key: one!.key, message: 'no' }).waitingAt).toEqual(['next']);
  });

  it('goes on at once when there is none', () => {
    expect(play(process('p').start().catches('join', { type: 'spawned' }).userTask('next').end()).start().waitingAt).toEqual(['next']);
  });

  it('works between real instances', () => {
    const simulation = world(main, process('child').start('in').userTask('work').end('out'));
    simulation.start('main');
    for (const { instanceId, key } of simulation.waiting) simulation.completeUserTask(instanceId, key);

    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['next']);
  });
});

describe('a call of a callable sub-process', () => {
  const packing = (detached?: true) =>
    callsInside(
      process('p')
        .start()
        .callActivity('call', 'unused', detached === undefined ? {} : { detached })
        .userTask('next')
        .end()
        .boundaryError('bad', 'call', { errorCode: 'E' })
        .userTask('react')
        .end('e2')
        .elsewhere()
        .subProcess('pack', (inside) => inside.start('in').serviceTask('wrap').end('out'), { callable: true }),
      'call',
      'pack',
    );

  it('runs it inside, where it sees and writes the variables of the caller', () => {
    const run = play(packing()).start({ gift: 1 });
    expect(run.waitingAt).toEqual(['call', 'wrap']);
    expect(run.all('jobCreated')).toMatchObject([{ variables: { gift: 1 } }]);

    expect(run.complete('wrap', { gift: 2 }).waitingAt).toEqual(['next']);
    expect(run.variables).toEqual({ gift: 2 });
    expect(run.all('childStarted')).toEqual([]);
  });

  it('hands its errors to the call', () => {
    expect(play(packing()).start().throwError('wrap', 'E').waitingAt).toEqual(['react']);
  });

  it('detached goes on beside it, and the process waits for both', () => {
    const run = play(packing(true)).start();
    expect(run.waitingAt.toSorted()).toEqual(['next', 'pack', 'wrap']);

    expect(run.complete('next').status).toBe('active');
    expect(run.complete('wrap').status).toBe('completed');
  });

  it('can be made again and again, each apart', () => {
    const run = play(
      callsInside(
        process('p')
          .start()
          .parallel('fork')
          .callActivity('call', 'unused')
          .end()
          .from('fork')
          .callActivity('call2', 'unused')
          .end('e2')
          .elsewhere()
          .subProcess('pack', (inside) => inside.start('in').userTask('wrap').end('out'), { callable: true }),
        'call',
        'pack',
        'call2',
      ),
    ).start();

    expect(run.waitingAt).toEqual(['call', 'call2', 'wrap', 'wrap']);
    expect(run.complete('wrap').waitingAt).toHaveLength(2);
    expect(run.complete('wrap').status).toBe('completed');
  });
});

/** The same process with these call activities calling one of its own sub-processes. */
function callsInside(builder: ProcessBuilder, first: ElementId, callable: ElementId, second = first): ProcessModel {
  const model = builder.build();
  const elements = model.elements.map((element) =>
    element.kind === 'callActivity' && [first, second].includes(element.id)
      ? { ...element, called: { type: 'callable' as const, elementId: callable } }
      : element,
  );
  return { ...model, elements };
}

function world(...builders: readonly ProcessBuilder[]): Simulation {
  const simulation = new Simulation();
  simulation.deploy(...builders.map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  return simulation;
}
