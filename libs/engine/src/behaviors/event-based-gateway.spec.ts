import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, play, process, signal, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import { Simulation } from '../simulation/simulation.js';

// Features: E-02, E-04
// Covers: event-based gateway / exclusive
// Covers: event-based gateway / instantiating
// Covers: event-based gateway / instantiating, parallel

describe('event-based gateway', () => {
  const model = process('answer')
    .start()
    .eventBased('which')
    .catches('paid', awaited('paid'))
    .userTask('ship')
    .end()
    .from('which')
    .catches('late', after('P7D'))
    .userTask('remind')
    .end('e2')
    .from('which')
    .catches('stop', signal('stop'))
    .userTask('file')
    .end('e3')
    .from('which')
    .catches('rich', becomes('total > 100'))
    .userTask('thank')
    .end('e4')
    .from('which')
    .receiveTask('refund', 'refund')
    .userTask('return')
    .end('e5');

  it('waits for all events behind it with one token', () => {
    const run = play(model).start({ total: 1 });

    expect(run.waitingAt).toEqual(['which']);
    expect(run.state.timers).toHaveLength(1);
    expect(run.state.subscriptions.map(({ elementId, type }) => [elementId, type])).toEqual([
      ['paid', 'message'],
      ['stop', 'signal'],
      ['rich', 'condition'],
      ['refund', 'message'],
    ]);
  });

  it('gives the token to the first event, and waits for the others no more', () => {
    const occurs: Readonly<Record<string, (run: ReturnType<typeof play>) => unknown>> = {
      ship: (run) => run.receive('paid', { amount: 5 }),
      remind: (run) => run.fire('late'),
      file: (run) => run.signal('stop'),
      thank: (run) => run.setVariables({ total: 200 }),
      return: (run) => run.receive('refund'),
    };
    for (const [next, occur] of Object.entries(occurs)) {
      const run = play(model).start({ total: 1 });
      occur(run);
      expect(run.waitingAt).toEqual([next]);
      expect(run.state.timers).toEqual([]);
      expect(run.state.subscriptions).toEqual([]);
    }
  });

  it('writes what the event brought, and shows the event as caught', () => {
    const run = play(model).start({ total: 1 }).receive('paid', { amount: 5 });

    expect(run.variables).toEqual({ total: 1, amount: 5 });
    expect(run.trace).toEqual(['start', 'which', 'paid', 'ship']);
    expect(run.all('elementPassed').find(({ elementId }) => elementId === 'paid')).toMatchObject({ caught: true, via: 'which_to_paid' });
  });

  it('goes on at once when a condition behind it is already true', () => {
    expect(play(model).start({ total: 500 }).waitingAt).toEqual(['thank']);
  });
});

describe('event-based gateway that starts instances', () => {
  const model = process('claims')
    .eventBased('first', { instantiate: true })
    .catches('letter', awaited('letter'))
    .userTask('read')
    .end()
    .from('first')
    .catches('call', signal('call'))
    .userTask('listen')
    .end('e2');

  it('starts one at the event that came, and waits for no other', () => {
    const run = play(model).start({ claim: 7 }, { startElementId: 'call' });

    expect(run.waitingAt).toEqual(['listen']);
    expect(run.variables).toEqual({ claim: 7 });
    expect(run.state.subscriptions).toEqual([]);
    expect(run.complete('listen').status).toBe('completed');
  });

  it('starts one by each message and each signal', () => {
    const simulation = world(model);
    simulation.publish({ name: 'letter', variables: { claim: 1 } });
    simulation.throwSignal('call');

    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['read', 'listen']);
    expect(simulation.instances).toHaveLength(2);
  });
});

describe('event-based gateway that starts instances in parallel', () => {
  const model = process('claims')
    .eventBased('all', { instantiate: true, parallel: true })
    .catches('letter', awaited('letter'))
    .task('read')
    .end()
    .from('all')
    .catches('photo', awaited('photo'))
    .task('look')
    .end('e2')
    .from('all')
    .receiveTask('bill', 'bill')
    .task('pay')
    .end('e3');

  it('starts one with the first event, which then waits for all the others', () => {
    const run = play(model).start({}, { startElementId: 'photo' });

    expect(run.waitingAt).toEqual(['all']);
    expect(run.state.subscriptions.map(({ elementId }) => elementId)).toEqual(['letter', 'bill']);
    expect(run.receive('bill').status).toBe('active');
    expect(run.receive('letter').status).toBe('completed');
    expect(run.trace).toEqual(['all', 'photo', 'look', 'e2', 'bill', 'pay', 'e3', 'letter', 'read', 'end', 'completed']);
  });

  it('takes later messages into the instance that waits for them', () => {
    const simulation = world(model);
    for (const name of ['letter', 'photo', 'bill']) simulation.publish({ name, variables: {} });

    expect(simulation.instances.map(({ state }) => state.status)).toEqual(['completed']);
  });
});

function world(...builders: readonly ProcessBuilder[]): Simulation {
  const simulation = new Simulation();
  simulation.deploy(...builders.map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  return simulation;
}
