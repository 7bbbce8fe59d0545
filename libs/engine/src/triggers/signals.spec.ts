import { describe, expect, it } from 'vitest';
import { feel, play, process, signal, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import { Simulation } from '../simulation/simulation.js';

// Features: E-04, E-19
// Covers: signal / broadcast
// Covers: signal / scoped (BPML)

describe('a signal', () => {
  it('is caught on the way, with what it brings', () => {
    const run = play(process('p').start().catches('heard', signal('s')).userTask('next').end()).start();
    expect(run.state.subscriptions).toMatchObject([{ type: 'signal', signalName: 's' }]);

    expect(run.signal('heard', { n: 1 }).waitingAt).toEqual(['next']);
    expect(run.variables).toEqual({ n: 1 });
  });

  it('is caught on a border, ending the activity or beside it', () => {
    const border = (interrupting: boolean) =>
      play(
        process('p').start().userTask('work').end().boundary('heard', 'work', signal('s'), { interrupting }).userTask('react').end('e2'),
      ).start();

    expect(border(true).signal('heard').waitingAt).toEqual(['react']);
    expect(border(false).signal('heard').signal('heard').waitingAt).toEqual(['work', 'react', 'react']);
  });

  it('is thrown with its payload, on the way and at an end', () => {
    const payload = [{ source: feel('total + 1'), target: 'more' }];
    const run = play(
      process('p')
        .start()
        .throws('say', signal('s', { variables: payload }))
        .ends('last', signal('t')),
    ).start({ total: 1 });

    expect(run.all('signalThrown')).toMatchObject([
      { elementId: 'say', signalName: 's', variables: { more: 2 } },
      { elementId: 'last', signalName: 't', variables: {} },
    ]);
    expect(run.status).toBe('completed');
  });

  it('may have a name that an expression gives', () => {
    const run = play(
      process('p')
        .start()
        .catches('heard', { type: 'signal', name: feel('topic') })
        .end(),
    ).start({ topic: 'news' });

    expect(run.state.subscriptions).toMatchObject([{ signalName: 'news' }]);
  });
});

describe('a signal thrown in a world of processes', () => {
  const thrower = process('thrower').start().throws('say', signal('s')).userTask('later').end();
  const catcher = process('catcher').start().catches('heard', signal('s')).userTask('next').end();
  const starter = process('starter')
    .start('begin', { event: signal('s') })
    .userTask('begun')
    .end();
  const where = (simulation: Simulation) => simulation.waiting.map(({ elementId }) => elementId);

  it('reaches every subscription open at that moment, and every process it starts', () => {
    const simulation = world(thrower, catcher, starter);
    simulation.start('catcher');
    simulation.start('catcher');
    simulation.start('thrower');

    expect(where(simulation)).toEqual(['next', 'next', 'later', 'begun']);
  });

  it('is not kept for those who come later', () => {
    const simulation = world(thrower, catcher);
    simulation.start('thrower');
    simulation.start('catcher');

    expect(where(simulation)).toEqual(['later', 'heard']);
  });

  it('reaches the instance that throws it, too', () => {
    const simulation = world(
      process('own')
        .start()
        .parallel('fork')
        .catches('heard', signal('s'))
        .userTask('next')
        .end()
        .from('fork')
        .throws('say', signal('s'))
        .end('e2'),
    );
    simulation.start('own');

    expect(where(simulation)).toEqual(['next']);
  });

  it('brings its payload to each', () => {
    const simulation = world(catcher);
    const id = simulation.start('catcher');
    simulation.throwSignal('s', { price: 3 });

    expect(simulation.instance(id).state.scopes[0]!.variables).toEqual({ price: 3 });
  });
});

describe('a scoped signal', () => {
  const scoped = (name: string) => signal(name, { scoped: true });

  it('is kept until somebody takes it', () => {
    const run = play(process('p').start().throws('raise', scoped('done')).userTask('wait').catches('synch', scoped('done')).end()).start();
    expect(run.state.scopes[0]!.signals).toEqual({ done: 1 });

    expect(run.complete('wait').status).toBe('completed');
    expect(run.all('signalConsumed')).toHaveLength(1);
  });

  it('is counted: each catcher takes one', () => {
    const run = play(
      process('p')
        .start()
        .throws('one', scoped('done'))
        .throws('two', scoped('done'))
        .catches('first', scoped('done'))
        .catches('second', scoped('done'))
        .catches('third', scoped('done'))
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['third']);
  });

  it('is given to the one that has waited longest, and to no other', () => {
    const run = play(
      process('p')
        .start()
        .parallel('fork')
        .catches('first', scoped('done'))
        .userTask('a')
        .end()
        .from('fork')
        .catches('second', scoped('done'))
        .userTask('b')
        .end('e2')
        .from('fork')
        .throws('raise', scoped('done'))
        .end('e3'),
    ).start();

    expect(run.waitingAt).toEqual(['second', 'a']);
  });

  it('stays in the nearest scope that declares it', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').throws('raise', scoped('done')).userTask('work').end('out'), {
          signals: ['done'],
        })
        .catches('outside', scoped('done'))
        .end(),
    ).start();
    expect(run.state.scopes.find(({ key }) => key === run.keyOf('sub'))!.signals).toEqual({ done: 1 });

    expect(run.complete('work').waitingAt).toEqual(['outside']);
  });

  it('that was kept ends an activity as soon as it begins, by the event on its border', () => {
    const run = play(
      process('p')
        .start()
        .throws('raise', scoped('stop'))
        .userTask('work')
        .end()
        .boundary('stopped', 'work', scoped('stop'))
        .userTask('react')
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['react']);
    expect(run.state.subscriptions).toEqual([]);
  });

  it('that was kept is the first event behind an event-based gateway', () => {
    const run = play(
      process('p')
        .start()
        .throws('raise', scoped('go'))
        .eventBased('which')
        .catches('go', scoped('go'))
        .userTask('next')
        .end()
        .from('which')
        .catches('late', { type: 'timer', timer: { kind: 'duration', expression: feel('"PT1H"') } })
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['next']);
    expect(run.state.timers).toEqual([]);
  });

  it('that was kept starts an event sub-process in place of all else', () => {
    const run = play(
      process('p')
        .start()
        .throws('raise', scoped('stop'))
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .userTask('work')
            .end('out')
            .eventSubProcess('esp', { id: 'es', event: scoped('stop') }, (deep) => deep.userTask('react').end('ee')),
        )
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['sub', 'esp', 'react']);
  });

  it('is heard by the event sub-process of the scope that declares it', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'sub',
          (inside) =>
            inside
              .start('in')
              .throws('raise', scoped('stop'))
              .userTask('work')
              .end('out')
              .eventSubProcess('esp', { id: 'es', event: scoped('stop'), interrupting: false }, (deep) => deep.userTask('react').end('ee')),
          { signals: ['stop'] },
        )
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['sub', 'esp', 'react', 'work']);
  });

  it('that ends the scope it is raised in ends the one who raises it', () => {
    const run = play(
      process('p')
        .start()
        .throws('raise', scoped('stop'))
        .userTask('work')
        .end()
        .eventSubProcess('esp', { id: 'es', event: scoped('stop') }, (deep) => deep.userTask('react').end('ee')),
    ).start();

    expect(run.waitingAt).toEqual(['esp', 'react']);
  });

  it('raised twice comes twice to an event that does not interrupt', () => {
    const run = play(
      process('p')
        .start()
        .throws('one', scoped('more'))
        .throws('two', scoped('more'))
        .userTask('work')
        .end()
        .boundary('again', 'work', scoped('more'), { interrupting: false })
        .userTask('react')
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['work', 'react', 'react']);
  });

  it('is no concern of the world outside', () => {
    const simulation = world(
      process('p').start().throws('raise', scoped('s')).userTask('a').end(),
      process('catcher').start().catches('heard', signal('s')).end(),
    );
    simulation.start('catcher');
    simulation.start('p');

    expect(simulation.waiting.map(({ elementId }) => elementId).toSorted()).toEqual(['a', 'heard']);
  });
});

function world(...builders: readonly ProcessBuilder[]): Simulation {
  const simulation = new Simulation();
  simulation.deploy(...builders.map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
  return simulation;
}
