import { describe, expect, it } from 'vitest';
import { process, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import { fold } from '../apply.js';
import { Simulation } from './simulation.js';
import { Trace } from './trace.js';
import type { TraceEntry } from './trace.js';

function world(...builders: readonly ProcessBuilder[]): { simulation: Simulation; trace: string[]; entries: TraceEntry[] } {
  const entries: TraceEntry[] = [];
  const traces = new Map<string, Trace>();
  const simulation = new Simulation(0, ({ id, process: definition }, event, at) => {
    let trace = traces.get(id);
    if (trace === undefined)
      traces.set(id, (trace = new Trace(definition, (entry) => (entries.push(entry), short.push(`${entry.elementId} ${entry.event}`)))));
    trace.add(event, at);
  });
  const short: string[] = [];
  simulation.deploy(...builders.map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  return { simulation, trace: short, entries };
}

describe('a simulated world', () => {
  it('waits for people and workers, and says for whom', () => {
    const { simulation } = world(process('p').start().userTask('ask').serviceTask('work').end());
    const id = simulation.start('p', { a: 1 });

    const [ask] = simulation.waiting;
    expect(ask).toMatchObject({ instanceId: id, elementId: 'ask', type: 'userTask' });
    simulation.completeUserTask(id, ask!.key, { b: 2 });
    const [work] = simulation.waiting;
    expect(work).toMatchObject({ elementId: 'work', type: 'job' });
    simulation.completeJob(id, work!.key);

    expect(simulation.instance(id).state.status).toBe('completed');
    expect(simulation.waiting).toEqual([]);
    expect(fold(simulation.instance(id).events)).toEqual(simulation.instance(id).state);
  });

  it('jumps to the next due timer when told to', () => {
    const { simulation } = world(
      process('p').start().parallel('fork').timerCatch('long', 'P1D').end().from('fork').timerCatch('short', 'PT1H').end('e2'),
    );
    const id = simulation.start('p');
    expect(simulation.waiting.map(({ elementId, type }) => `${elementId} ${type}`)).toEqual(['long timer', 'short timer']);

    expect(simulation.skipToNextTimer()).toBe(true);
    expect(simulation.now).toBe(3_600_000);
    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['long']);
    simulation.skipToNextTimer();
    expect(simulation.instance(id).state.status).toBe('completed');
    expect(simulation.skipToNextTimer()).toBe(false);
  });

  it('tells a timer on a border from one that is waited for', () => {
    const { simulation } = world(process('p').start().userTask('ask').end().boundaryTimer('late', 'ask', 'PT1H').end('e2'));
    simulation.start('p');

    expect(simulation.waiting).toMatchObject([
      { elementId: 'ask', type: 'userTask' },
      { elementId: 'late', type: 'timer', attachedTo: 'ask' },
    ]);
  });

  it('runs called processes, and brings their results home', () => {
    const { simulation, trace } = world(
      process('main')
        .start()
        .callActivity('call', 'child', { inputs: { x: 'a' }, outputs: { b: 'y' } })
        .end(),
      process('child').start('in').scriptTask('inc', '{ y: x + 1 }').end('out'),
    );
    const id = simulation.start('main', { a: 1 });

    expect(simulation.instance(id).state.scopes[0]!.variables).toEqual({ a: 1, b: 2 });
    expect(trace).toEqual([
      'start activated',
      'start completed',
      'call activated',
      'in activated',
      'in completed',
      'inc activated',
      'inc completed',
      'out activated',
      'out completed',
      'call completed',
      'end activated',
      'end completed',
    ]);
  });

  it('hands an error of a called process to the caller', () => {
    const { simulation } = world(
      process('main')
        .start()
        .callActivity('call', 'child')
        .end()
        .boundaryError('failed', 'call', { errorCode: 'E1' })
        .userTask('repair')
        .end('e2'),
      process('child').start('in').errorEnd('out', 'E1'),
    );
    simulation.start('main');

    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['repair']);
  });

  it('cancels a called process with its caller', () => {
    const { simulation } = world(
      process('main').start().callActivity('call', 'child').end().boundaryTimer('late', 'call', 'PT1H').end('e2'),
      process('child').start('in').userTask('ask').end('out'),
    );
    simulation.start('main');
    simulation.skipToNextTimer();

    expect(simulation.instances.map(({ state }) => state.status)).toEqual(['completed', 'terminated']);
  });

  it('stops a process that calls itself for ever, or calls nobody', () => {
    const endless = world(process('p').start().callActivity('again', 'p').end());
    endless.simulation.start('p');
    const deepest = endless.simulation.instances.at(-1)!;
    expect(deepest.state.incidents.map(({ code }) => code)).toEqual(['call-depth-limit']);

    const missing = world(process('p').start().callActivity('call', 'ghost').end());
    const id = missing.simulation.start('p');
    expect(missing.simulation.instance(id).state.incidents.map(({ code }) => code)).toEqual(['process-not-found']);
  });

  it('gives a message to the oldest that waits for its name and key', () => {
    const { simulation } = world(process('p').start().messageCatch('hear', 'paid', { key: 'order' }).userTask('ship').end());
    const [first, second] = [simulation.start('p', { order: 'A' }), simulation.start('p', { order: 'B' })];

    simulation.publish({ name: 'paid', correlationKey: 'B', variables: { amount: 5 } });
    expect(simulation.waiting.map(({ instanceId, elementId }) => [instanceId, elementId])).toEqual([
      [first, 'hear'],
      [second, 'ship'],
    ]);
    simulation.publish({ name: 'paid', variables: {} });
    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['ship', 'ship']);
  });

  it('keeps a message until someone waits for it', () => {
    const { simulation } = world(process('p').start().userTask('ask').messageCatch('hear', 'paid').userTask('ship').end());
    const id = simulation.start('p');
    simulation.publish({ name: 'paid', variables: { amount: 5 } });

    simulation.completeUserTask(id, simulation.waiting[0]!.key);
    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['ship']);
  });

  it('starts processes by message, also by one that another process sends', () => {
    const { simulation, trace } = world(
      process('seller')
        .start()
        .sendTask('offer', 'offered', { variables: { price: '7' } })
        .end(),
      process('buyer').messageStart('got', 'offered').userTask('decide').end('done'),
    );
    simulation.start('seller');

    expect(simulation.waiting).toMatchObject([{ elementId: 'decide' }]);
    expect(simulation.instances.at(-1)!.state.scopes[0]!.variables).toEqual({ price: 7 });
    expect(trace).toContain('offer thrown');
    expect(trace).toContain('got caught');
  });

  it('starts processes by timer', () => {
    const { simulation } = world(process('p').timerStart('daily', 'cycle', 'R2/P1D').userTask('sweep').end());

    simulation.skipToNextTimer();
    simulation.skipToNextTimer();
    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['sweep', 'sweep']);
    expect(simulation.now).toBe(2 * 86_400_000);
    expect(simulation.skipToNextTimer()).toBe(false);
  });

  it('goes on by itself after a step that used up its budget', () => {
    const { simulation } = world(
      process('p')
        .start()
        .exclusive('merge')
        .scriptTask('inc', '{ i: i + 1 }')
        .exclusive('check')
        .when('i < 2000')
        .to('merge')
        .from('check')
        .otherwise()
        .end(),
    );
    const id = simulation.start('p', { i: 0 });

    expect(simulation.instance(id).state.status).toBe('completed');
  });
});

describe('a trace', () => {
  it('names elements as BPMN does, and times as ISO 8601', () => {
    const { simulation, entries } = world(process('p').start().exclusive('x').end());
    simulation.start('p');

    expect(entries[0]).toEqual({ elementId: 'start', elementType: 'StartEvent', event: 'activated', at: '1970-01-01T00:00:00.000Z' });
    expect(entries.map(({ elementType }) => elementType)).toContain('ExclusiveGateway');
  });

  it('shows a join once', () => {
    const { simulation, trace } = world(
      process('p').start().parallel('fork').task('a').parallel('join').end().from('fork').task('b').to('join'),
    );
    simulation.start('p');

    expect(trace.filter((line) => line.startsWith('join'))).toEqual(['join activated', 'join completed']);
  });

  it('shows what was interrupted, and what caught it', () => {
    const { simulation, trace } = world(process('p').start().userTask('ask').end().boundaryTimer('late', 'ask', 'PT1H').end('e2'));
    simulation.start('p');
    simulation.skipToNextTimer();

    expect(trace.slice(2)).toEqual([
      'ask activated',
      'ask terminated',
      'late activated',
      'late caught',
      'late completed',
      'e2 activated',
      'e2 completed',
    ]);
  });

  it('shows errors thrown and caught', () => {
    const { simulation, trace } = world(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').errorEnd('oops', 'E1'))
        .end()
        .boundaryError('caught', 'sub')
        .end('e2'),
    );
    simulation.start('p');

    expect(trace.slice(5)).toEqual([
      'oops activated',
      'oops thrown',
      'oops completed',
      'sub terminated',
      'caught activated',
      'caught caught',
      'caught completed',
      'e2 activated',
      'e2 completed',
    ]);
  });
});
