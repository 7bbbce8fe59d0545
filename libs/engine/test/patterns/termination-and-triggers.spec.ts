import { describe, expect, it } from 'vitest';
import { Simulation, compile } from '@baton/engine';
import { awaited, play, process, signal, tinyExpressions } from '@baton/engine/testing';
import type { CatchEventModel } from '@baton/engine';

// Features: M-19, E-04, E-09

/** A process that does something first, and then waits for a trigger. */
function waitsLater(event: CatchEventModel['event']): Simulation {
  const model = process('p').start().userTask('first').catches('wait', event).userTask('next').end();
  const simulation = new Simulation();
  simulation.deploy(compile(model.build(), { expressions: tinyExpressions }));
  simulation.start('p');
  return simulation;
}

function completeFirst(simulation: Simulation): readonly string[] {
  const first = simulation.waiting.find(({ elementId }) => elementId === 'first')!;
  simulation.completeUserTask(first.instanceId, first.key);
  return simulation.waiting.map(({ elementId }) => elementId);
}

describe('termination', () => {
  const model = process('p').start().parallel('split').userTask('a').end().from('split').userTask('b').terminate('stop');

  it('WCP-11 Implicit Termination: an instance ends when nothing in it is left to do', () => {
    const run = play(model).start().complete('a');

    expect(run.status).toBe('active');
    expect(run.complete('b').status).toBe('completed');
  });

  it('WCP-43 Explicit Termination: an instance ends at a certain end, whatever else is under way', () => {
    const run = play(model).start().complete('b');

    expect(run.status).toBe('completed');
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['a']);
  });
});

describe('triggers', () => {
  it('WCP-23 Transient Trigger: one that nobody waits for is lost', () => {
    const simulation = waitsLater(signal('go'));
    simulation.throwSignal('go');

    expect(completeFirst(simulation)).toEqual(['wait']);
    simulation.throwSignal('go');
    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['next']);
  });

  it('WCP-24 Persistent Trigger: one that nobody waits for is kept until somebody does', () => {
    const simulation = waitsLater(awaited('go'));
    simulation.publish({ name: 'go', variables: {} });

    expect(completeFirst(simulation)).toEqual(['next']);
    simulation.start('p');
    expect(completeFirst(simulation)).toEqual(['next', 'wait']);
  });
});
