import { describe, expect, it } from 'vitest';
import { feel, play, process, tinyExpressions } from '../testing/index.js';
import type { ProcessBuilder } from '../testing/index.js';
import { compile } from './compile.js';
import { Simulation } from './simulation/simulation.js';

// Features: E-04, E-08
// Covers: error / order of catching
// Covers: escalation / order of catching

/** A job deep inside, and every place around it that may catch its error, inmost first. */
function places(...drawn: readonly ('inner-event' | 'inner-border' | 'outer-event')[]): ProcessBuilder {
  const builder = process('p')
    .start()
    .subProcess('sub', (inside) => {
      inside.start('in').serviceTask('pay').end('out');
      if (drawn.includes('inner-event')) {
        inside.eventSubProcess('innerEvent', { id: 'is', event: { type: 'error' } }, (deep) => deep.userTask('byInnerEvent').end('ie'));
      }
    })
    .end();
  if (drawn.includes('inner-border')) builder.boundaryError('border', 'sub').userTask('byBorder').end('be');
  if (drawn.includes('outer-event')) {
    builder.eventSubProcess('outerEvent', { id: 'os', event: { type: 'error' } }, (deep) => deep.userTask('byOuterEvent').end('oe'));
  }
  return builder;
}

describe('an error on its way out', () => {
  it('is caught by an event sub-process of its scope first, then on the border, then one scope further out', () => {
    const caughtAt = (model: ProcessBuilder) => play(model).start().throwError('pay', 'E').waitingAt.at(-1);

    expect(caughtAt(places('inner-event', 'inner-border', 'outer-event'))).toBe('byInnerEvent');
    expect(caughtAt(places('inner-border', 'outer-event'))).toBe('byBorder');
    expect(caughtAt(places('outer-event'))).toBe('byOuterEvent');
  });

  it('is caught nearer by one that catches everything than farther out by one that names it', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside.start('in').serviceTask('pay').end('out').boundaryError('any', 'pay').userTask('near').end('ne'),
        )
        .end()
        .boundaryError('named', 'sub', { errorCode: 'E' })
        .userTask('far')
        .end('fe'),
    ).start();

    expect(run.throwError('pay', 'E').waitingAt).toEqual(['sub', 'near']);
  });

  it('in one place is caught by the one that names it', () => {
    const run = play(
      process('p')
        .start()
        .serviceTask('pay')
        .end()
        .eventSubProcess('any', { id: 'anyStart', event: { type: 'error' } }, (inside) => inside.userTask('byAny').end('ae'))
        .eventSubProcess('named', { id: 'namedStart', event: { type: 'error', errorCode: 'E' } }, (inside) =>
          inside.userTask('byName').end('ne'),
        ),
    ).start();

    expect(run.throwError('pay', 'E').waitingAt).toEqual(['named', 'byName']);
  });
});

describe('an error of a called process', () => {
  it('ends the end event that threw it as anywhere else, and terminates what is beside', () => {
    const called = process('called')
      .start()
      .parallel('fork')
      .userTask('work')
      .end('done')
      .from('fork')
      .ends('failed', { type: 'error', errorCode: 'E' });
    const run = play(called).start({}, { parent: { instanceId: 'caller', key: 1 } });

    expect(run.status).toBe('terminated');
    expect(run.all('elementCompleted').map(({ elementId }) => elementId)).toContain('failed');
    expect(run.all('elementTerminated')).toMatchObject([{ elementId: 'work' }]);
  });
});

describe('an escalation', () => {
  const escalating = (interrupting: boolean) =>
    play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .throws('warn', { type: 'escalation', escalationCode: 'LATE', variables: [{ source: feel('hours + 1'), target: 'over' }] })
            .userTask('work')
            .end('out'),
        )
        .end()
        .boundary('heard', 'sub', { type: 'escalation', escalationCode: 'LATE', codeVariable: 'which' }, { interrupting })
        .userTask('help')
        .end('e2'),
    ).start({ hours: 2 });

  it('caught by one that does not interrupt, lets the work go on beside', () => {
    const run = escalating(false);

    expect(run.waitingAt).toEqual(['sub', 'help', 'work']);
    expect(run.variables).toEqual({ hours: 2, over: 3, which: 'LATE' });
  });

  it('caught by one that interrupts, ends the work', () => {
    expect(escalating(true).waitingAt).toEqual(['help']);
  });

  it('thrown at an end event is the last its path does', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) => inside.start('in').ends('warn', { type: 'escalation', escalationCode: 'A' }))
        .end()
        .boundary('heard', 'sub', { type: 'escalation' }, { interrupting: false })
        .end('e2'),
    ).start();

    expect(run.all('elementTerminated')).toEqual([]);
    expect(run.trace.slice(0, 5)).toEqual(['start', 'sub', 'in', 'warn', 'heard']);
    expect(run.status).toBe('completed');
  });

  it('thrown again by the event sub-process that caught it goes on outside', () => {
    const late = { type: 'escalation', escalationCode: 'LATE' } as const;
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .throws('warn', late)
            .userTask('work')
            .end('out')
            .eventSubProcess('inner', { id: 'is', event: late, interrupting: false }, (deep) => deep.ends('again', late)),
        )
        .end()
        .eventSubProcess('outer', { id: 'os', event: late, interrupting: false }, (deep) => deep.userTask('help').end('oe')),
    ).start();

    expect(run.waitingAt).toEqual(['sub', 'outer', 'work', 'help']);
  });

  it('that nobody catches changes nothing', () => {
    const run = play(process('p').start().throws('warn', { type: 'escalation', escalationCode: 'A' }).userTask('work').end()).start();

    expect(run.waitingAt).toEqual(['work']);
    expect(run.incidents).toEqual([]);
    expect(run.all('escalationThrown')).toEqual([{ type: 'escalationThrown', key: expect.any(Number) as number, escalationCode: 'A' }]);
  });

  it('can come from a person at work, whose task goes on', () => {
    const run = play(
      process('p')
        .start()
        .userTask('work')
        .end()
        .boundary('heard', 'work', { type: 'escalation' }, { interrupting: false })
        .userTask('help')
        .end('e2'),
    ).start();
    run.send({ type: 'throwEscalation', key: run.keyOf('work'), escalationCode: 'STUCK', variables: { where: 'page 2' } });
    run.send({ type: 'throwEscalation', key: run.keyOf('work'), escalationCode: 'STUCK' });

    expect(run.waitingAt).toEqual(['work', 'help', 'help']);
    expect(run.variables).toEqual({ where: 'page 2' });
  });

  it('goes outwards as errors do: events of the scope, then its border', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .throws('warn', { type: 'escalation', escalationCode: 'A' })
            .userTask('work')
            .end('out')
            .eventSubProcess('esp', { id: 'es', event: { type: 'escalation' }, interrupting: false }, (deep) =>
              deep.userTask('inner').end('ie'),
            ),
        )
        .end()
        .boundary('heard', 'sub', { type: 'escalation', escalationCode: 'A' }, { interrupting: false })
        .userTask('outer')
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['sub', 'esp', 'inner', 'work']);
  });

  it('of a called process reaches the call, and the called process goes on', () => {
    const simulation = new Simulation();
    const caller = process('caller')
      .start()
      .callActivity('call', 'called')
      .end()
      .boundary('heard', 'call', { type: 'escalation', escalationCode: 'LATE', codeVariable: 'code' }, { interrupting: false })
      .userTask('help')
      .end('e2');
    const called = process('called')
      .start('in')
      .throws('warn', { type: 'escalation', escalationCode: 'LATE', variables: [{ source: feel('1'), target: 'days' }] })
      .userTask('work')
      .end('out');
    simulation.deploy(...[caller, called].map((builder) => compile(builder.build(), { expressions: tinyExpressions })));
    const id = simulation.start('caller');

    expect(simulation.waiting.map(({ elementId }) => elementId)).toEqual(['help', 'work']);
    expect(simulation.instance(id).state.scopes[0]!.variables).toEqual({ days: 1, code: 'LATE' });
  });
});
