import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, play, process, signal } from '../../testing/index.js';

// Features: E-04, E-08
// Covers: event sub-process / interrupting
// Covers: event sub-process / non-interrupting

describe('event sub-process', () => {
  const order = process('order')
    .start()
    .userTask('pack')
    .end()
    .eventSubProcess('stop', { id: 'stopped', event: awaited('stop') }, (inside) => inside.userTask('refund').end('refunded'))
    .eventSubProcess('ask', { id: 'asked', event: awaited('ask'), interrupting: false }, (inside) =>
      inside.userTask('reply').end('replied'),
    );

  it('waits as long as its process is active', () => {
    const run = play(order).start();

    expect(run.state.subscriptions.map(({ elementId, host }) => [elementId, host])).toEqual([
      ['stopped', 0],
      ['asked', 0],
    ]);
    expect(run.complete('pack').status).toBe('completed');
    expect(run.state.subscriptions).toEqual([]);
  });

  it('that interrupts ends everything else, waits for nothing more, and ends the process with its own end', () => {
    const run = play(order).start().receive('stopped', { why: 'late' });

    expect(run.waitingAt).toEqual(['stop', 'refund']);
    expect(run.state.subscriptions).toEqual([]);
    expect(run.variables).toEqual({ why: 'late' });
    expect(run.complete('refund').trace).toEqual(['start', 'pack', 'stop', 'stopped', 'refund', 'refunded', 'completed']);
  });

  it('that does not interrupt runs beside, again and again', () => {
    const run = play(order).start().receive('asked').receive('asked', {}, 'message-2');

    expect(run.waitingAt).toEqual(['pack', 'ask', 'reply', 'ask', 'reply']);
    run.complete('reply').complete('pack');
    expect(run.status).toBe('active');
    expect(run.complete('reply').status).toBe('completed');
  });

  it('is ended by another that interrupts', () => {
    expect(play(order).start().receive('asked').receive('stopped').waitingAt).toEqual(['stop', 'refund']);
  });
});

describe('event sub-process of a sub-process', () => {
  const nested = process('nested')
    .start()
    .subProcess('sub', (inside) =>
      inside
        .start('in')
        .userTask('pack')
        .end('out')
        .eventSubProcess('stop', { id: 'stopped', event: awaited('stop') }, (deep) => deep.userTask('refund').end('refunded')),
    )
    .userTask('file')
    .end()
    .boundaryTimer('late', 'sub', 'PT1H')
    .end('e2');

  it('waits only while the sub-process is active', () => {
    const run = play(nested).start();
    expect(run.state.subscriptions).toMatchObject([{ elementId: 'stopped', host: run.keyOf('sub') }]);

    expect(run.complete('pack').state.subscriptions).toEqual([]);
    expect(run.waitingAt).toEqual(['file']);
  });

  it('ends what is under way there alone; then the sub-process is done', () => {
    const run = play(nested).start().receive('stopped');

    expect(run.waitingAt).toEqual(['sub', 'stop', 'refund']);
    expect(run.complete('refund').waitingAt).toEqual(['file']);
  });

  it('leaves the events on the border of its sub-process alone', () => {
    const run = play(nested).start().receive('stopped');

    expect(run.state.timers).toMatchObject([{ elementId: 'late' }]);
    expect(run.fire('late').status).toBe('completed');
  });

  it('writes what the event brought into the scope it waits in', () => {
    const run = play(
      process('p')
        .start()
        .subProcess(
          'sub',
          (inside) =>
            inside
              .start('in')
              .userTask('pack')
              .end('out')
              .eventSubProcess('note', { id: 'noted', event: awaited('note'), interrupting: false }, (deep) => deep.task('t').end('ne')),
          { properties: ['text'] },
        )
        .end(),
    ).start();
    run.receive('noted', { text: 'hi', other: 1 });

    expect(run.state.scopes.find(({ key }) => key === run.keyOf('sub'))!.variables).toEqual({ text: 'hi', other: 1 });
    expect(run.variables).toEqual({});
  });
});

describe('event sub-process within an event sub-process', () => {
  const model = process('p')
    .start()
    .userTask('work')
    .end()
    .eventSubProcess('outer', { id: 'outerStart', event: awaited('outer') }, (inside) =>
      inside
        .userTask('mend')
        .end('oe')
        .eventSubProcess('inner', { id: 'innerStart', event: awaited('inner') }, (deep) => deep.userTask('giveUp').end('ie')),
    );

  it('waits once the outer one runs', () => {
    const run = play(model).start();
    expect(run.state.subscriptions).toHaveLength(1);

    run.receive('outerStart');
    expect(run.state.subscriptions).toMatchObject([{ elementId: 'innerStart', host: run.keyOf('outer') }]);
    expect(run.receive('innerStart').waitingAt).toEqual(['outer', 'inner', 'giveUp']);
    expect(run.complete('giveUp').status).toBe('completed');
  });
});

describe('triggers of event sub-processes', () => {
  const withEvent = (event: Parameters<ReturnType<typeof process>['eventSubProcess']>[1]['event'], interrupting: boolean) =>
    play(
      process('p')
        .start()
        .userTask('work')
        .throws('warn', { type: 'escalation', escalationCode: 'W' })
        .serviceTask('pay')
        .end()
        .eventSubProcess('esp', { id: 'begin', event, interrupting }, (inside) => inside.userTask('react').end('done')),
    ).start({ total: 1 });

  it('a timer: once when it interrupts, else as often as its cycle says', () => {
    expect(withEvent(after('PT1H'), true).fire('begin').waitingAt).toEqual(['esp', 'react']);

    const cycle = { type: 'timer', timer: { kind: 'cycle', expression: { language: 'literal', text: 'R2/PT1H' } } } as const;
    const run = withEvent(cycle, false).fire('begin').fire('begin');
    expect(run.waitingAt).toEqual(['work', 'esp', 'react', 'esp', 'react']);
    expect(run.state.timers).toEqual([]);
  });

  it('a signal, once more after each that does not interrupt', () => {
    expect(withEvent(signal('s'), true).signal('begin').waitingAt).toEqual(['esp', 'react']);
    expect(withEvent(signal('s'), false).signal('begin').signal('begin').waitingAt).toEqual(['work', 'esp', 'react', 'esp', 'react']);
  });

  it('a condition that becomes true', () => {
    expect(withEvent(becomes('total > 5'), true).setVariables({ total: 9 }).waitingAt).toEqual(['esp', 'react']);

    const run = withEvent(becomes('total > 5'), false).setVariables({ total: 9 }).setVariables({ total: 10 });
    expect(run.waitingAt).toEqual(['work', 'esp', 'react']);
    expect(run.setVariables({ total: 1 }).setVariables({ total: 6 }).waitingAt).toEqual(['work', 'esp', 'react', 'esp', 'react']);
  });

  it('an error, which always interrupts', () => {
    const run = withEvent({ type: 'error', errorCode: 'BROKE', codeVariable: 'code' }, true).complete('work').throwError('pay', 'BROKE');

    expect(run.waitingAt).toEqual(['esp', 'react']);
    expect(run.variables).toEqual({ total: 1, code: 'BROKE' });
    expect(run.all('errorCaught')).toMatchObject([{ elementId: 'begin', host: 0 }]);
  });

  it('an escalation, interrupting or beside', () => {
    expect(withEvent({ type: 'escalation', escalationCode: 'W' }, true).complete('work').waitingAt).toEqual(['esp', 'react']);
    expect(withEvent({ type: 'escalation', codeVariable: 'which' }, false).complete('work').waitingAt).toEqual(['esp', 'react', 'pay']);
  });
});

describe('an event sub-process at work', () => {
  it('is not interrupted by another of its scope once it has interrupted', () => {
    const run = play(
      process('p')
        .start()
        .serviceTask('pay')
        .end()
        .eventSubProcess('first', { id: 'failed', event: { type: 'error' } }, (inside) => inside.serviceTask('mend').end('m')),
    ).start();

    run.throwError('pay', 'E1');
    expect(run.throwError('mend', 'E2').incidents).toEqual(['error-uncaught']);
  });

  it('hands an error it does not catch outwards', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .serviceTask('pay')
            .end('out')
            .eventSubProcess('first', { id: 'failed', event: { type: 'error' } }, (deep) => deep.errorEnd('m', 'WORSE')),
        )
        .end()
        .boundaryError('caught', 'sub', { errorCode: 'WORSE' })
        .userTask('look')
        .end('e2'),
    ).start();

    expect(run.throwError('pay', 'E1').waitingAt).toEqual(['look']);
  });
});
