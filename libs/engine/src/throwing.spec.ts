import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, feel, literal, play, process, sent, signal, undoneBy } from '../testing/index.js';
import type { ProcessBuilder } from '../testing/index.js';
import type { MultipleEvent, Trigger } from './model.js';

// Features: E-04
// Covers: link / jump
// Covers: multiple / any one
// Covers: multiple / throws all
// Covers: parallel multiple / all
// Covers: terminate / own scope only

describe('a link', () => {
  const link = (name: string) => ({ type: 'link', name }) as const;

  it('goes on at the catch event of its name, from any number of places', () => {
    const model = process('p')
      .start()
      .parallel('fork')
      .task('a')
      .throws('out1', link('L'))
      .from('fork')
      .task('b')
      .throws('out2', link('L'))
      .elsewhere()
      .catches('in', link('L'))
      .userTask('next')
      .end();

    expect(play(model).start().waitingAt).toEqual(['next', 'next']);
  });

  it('stays in its scope: the same name means another place in a sub-process', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside.start('in').throws('go', link('L')).elsewhere().catches('come', link('L')).userTask('inner').end('out'),
        )
        .throws('goOuter', link('L'))
        .elsewhere()
        .catches('comeOuter', link('L'))
        .userTask('outer')
        .end(),
    ).start();

    expect(run.waitingAt).toEqual(['sub', 'inner']);
    expect(run.complete('inner').waitingAt).toEqual(['outer']);
  });

  it('may go back, as a loop', () => {
    const run = play(
      process('p')
        .start()
        .exclusive('merge')
        .userTask('work')
        .exclusive('again')
        .when('done = false')
        .throws('back', link('L'))
        .from('again')
        .otherwise()
        .end()
        .elsewhere()
        .catches('here', link('L'))
        .to('merge'),
    ).start();

    expect(run.complete('work', { done: false }).waitingAt).toEqual(['work']);
    expect(run.complete('work', { done: true }).status).toBe('completed');
  });
});

describe('a multiple event', () => {
  const any: MultipleEvent<Trigger> = {
    type: 'multiple',
    parallel: false,
    events: [awaited('m'), signal('s'), after('PT1H'), becomes('a = 1')],
  };
  const all: MultipleEvent<Trigger> = { type: 'multiple', parallel: true, events: [awaited('m'), signal('s')] };

  it('is caught by any one of its triggers, and then waits for none', () => {
    const model = process('p').start().catches('one', any).userTask('next').end();
    const begin = () => play(model).start({ a: 0 });

    for (const run of [begin().receive('one'), begin().signal('one'), begin().fire('one'), begin().setVariables({ a: 1 })]) {
      expect(run.waitingAt).toEqual(['next']);
      expect(run.state.subscriptions).toEqual([]);
      expect(run.state.timers).toEqual([]);
    }
  });

  it('in parallel waits until every trigger has come, in any order', () => {
    const model = process('p').start().catches('both', all).userTask('next').end();

    const run = play(model).start().signal('both', { heard: 1 });
    expect(run.waitingAt).toEqual(['both']);
    expect(run.variables).toEqual({ heard: 1 });
    expect(run.receive('both', { read: 2 }).waitingAt).toEqual(['next']);
    expect(run.variables).toEqual({ heard: 1, read: 2 });
  });

  it('on a border interrupts with the first of its triggers, or with the last', () => {
    const border = (event: MultipleEvent<Trigger>) =>
      play(process('p').start().userTask('work').end().boundary('b', 'work', event).userTask('react').end('e2')).start({ a: 0 });

    expect(border(any).signal('b').waitingAt).toEqual(['react']);
    expect(border(all).signal('b').waitingAt).toEqual(['work']);
    expect(border(all).signal('b').receive('b').waitingAt).toEqual(['react']);
  });

  it('on a border catches errors and escalations among others', () => {
    const events = [{ type: 'error', errorCode: 'E' }, { type: 'escalation' }, signal('s')] as const;
    const begin = () =>
      play(
        process('p')
          .start()
          .serviceTask('pay')
          .end()
          .boundary('b', 'pay', { type: 'multiple', parallel: false, events })
          .userTask('react')
          .end('e2'),
      ).start();

    expect(begin().throwError('pay', 'E').waitingAt).toEqual(['react']);
    expect(begin().throwError('pay', 'OTHER').incidents).toEqual(['error-uncaught']);
    expect(begin().signal('b').waitingAt).toEqual(['react']);
    const run = begin();
    run.send({ type: 'throwEscalation', key: run.keyOf('pay'), escalationCode: 'X' });
    expect(run.waitingAt).toEqual(['react']);
  });

  it('that does not interrupt waits for each of its triggers again', () => {
    const run = play(
      process('p').start().userTask('work').end().boundary('b', 'work', any, { interrupting: false }).userTask('react').end('e2'),
    ).start({ a: 0 });

    run.signal('b').receive('b').signal('b');
    expect(run.waitingAt).toEqual(['work', 'react', 'react', 'react']);
  });

  it('in parallel that does not interrupt asks for all of them anew each time', () => {
    const run = play(
      process('p').start().userTask('work').end().boundary('b', 'work', all, { interrupting: false }).userTask('react').end('e2'),
    ).start();

    expect(run.signal('b').receive('b').waitingAt).toEqual(['work', 'react']);
    expect(run.receive('b', {}, 'message-2').waitingAt).toEqual(['work', 'react']);
    expect(run.signal('b').waitingAt).toEqual(['work', 'react', 'react']);
  });

  it('starts an instance by any one; in parallel the instance then waits for the others', () => {
    const starting = (event: MultipleEvent<Trigger>) => play(process('p').start('s', { event }).userTask('next').end());

    expect(starting(any).start({}, { startElementId: 's', part: 1 }).waitingAt).toEqual(['next']);
    const run = starting(all).start({ n: 1 }, { startElementId: 's', part: 0 });
    expect(run.waitingAt).toEqual(['s']);
    expect(run.signal('s', { m: 2 }).waitingAt).toEqual(['next']);
    expect(run.variables).toEqual({ n: 1, m: 2 });
  });

  it('starts an event sub-process, beside its scope all of them anew', () => {
    const run = play(
      process('p')
        .start()
        .userTask('work')
        .end()
        .eventSubProcess('esp', { id: 'es', event: all, interrupting: false }, (inside) => inside.userTask('react').end('ee')),
    ).start();

    expect(run.receive('es').waitingAt).toEqual(['work']);
    expect(run.signal('es').waitingAt).toEqual(['work', 'esp', 'react']);
    expect(run.signal('es').waitingAt).toEqual(['work', 'esp', 'react']);
    expect(run.receive('es', {}, 'message-2').waitingAt).toEqual(['work', 'esp', 'react', 'esp', 'react']);
  });

  it('throws all of its events, on the way and at an end', () => {
    const thrown = [sent('m'), signal('s'), { type: 'escalation', escalationCode: 'E' }] as const;
    const run = play(
      process('p')
        .start()
        .throws('say', { type: 'multiple', parallel: false, events: thrown })
        .ends('last', { type: 'multiple', parallel: false, events: [...thrown, { type: 'terminate' }] }),
    ).start();

    expect(run.all('messagePublished').map(({ elementId }) => elementId)).toEqual(['say', 'last']);
    expect(run.all('signalThrown').map(({ elementId }) => elementId)).toEqual(['say', 'last']);
    expect(run.all('escalationThrown')).toHaveLength(2);
    expect(run.status).toBe('completed');
  });

  it('goes on when all it throws is done, though two of them take their time', () => {
    const job = { type: 'message', work: { kind: 'job', jobType: literal('mail') } } as const;
    const run = play(
      undoable()
        .throws('say', { type: 'multiple', parallel: false, events: [job, { type: 'compensation' }] })
        .userTask('next')
        .end(),
    ).start();
    run.complete('book');

    expect(run.waitingAt).toEqual(['say']);
    expect(run.complete('say').waitingAt).toEqual(['say', 'undo']);
    expect(run.complete('undo').waitingAt).toEqual(['next']);
  });

  it('with an error among others throws the others first as they stand', () => {
    const run = play(
      process('p')
        .start()
        .subProcess('sub', (inside) =>
          inside.start('in').ends('bad', { type: 'multiple', parallel: false, events: [signal('s'), { type: 'error', errorCode: 'E' }] }),
        )
        .end()
        .boundaryError('caught', 'sub', { errorCode: 'E' })
        .userTask('react')
        .end('e2'),
    ).start();

    expect(run.waitingAt).toEqual(['react']);
    expect(run.all('signalThrown')).toHaveLength(1);
  });
});

describe('a terminate end event', () => {
  it('takes away every other token of the process', () => {
    const run = play(process('p').start().parallel('fork').userTask('slow').end().from('fork').userTask('stop').terminate('now')).start();

    expect(run.complete('stop').status).toBe('completed');
    expect(run.all('elementTerminated')).toMatchObject([{ elementId: 'slow' }]);
  });

  it('ends only its own sub-process, which then goes on', () => {
    const run = play(
      process('p')
        .start()
        .parallel('split')
        .subProcess('sub', (inside) =>
          inside
            .start('in')
            .parallel('fork')
            .subProcess('deep', (deeper) => deeper.start('din').userTask('slow').end('dout'))
            .end('out')
            .from('fork')
            .userTask('stop')
            .terminate('now'),
        )
        .userTask('next')
        .end()
        .from('split')
        .userTask('other')
        .end('e2'),
    ).start();

    expect(run.complete('stop').waitingAt).toEqual(['other', 'next']);
    expect(run.all('elementTerminated').map(({ elementId }) => elementId)).toEqual(['slow', 'deep']);
  });

  it('undoes nothing', () => {
    const run = play(undoable().terminate('now')).start().complete('book');

    expect(run.status).toBe('completed');
    expect(run.all('compensationStarted')).toEqual([]);
  });

  it('takes away tokens on their way, too', () => {
    const run = play(
      process('p').start().parallel('fork').task('a').terminate('now').from('fork').task('b').task('c').userTask('late').end(),
    ).start();

    expect(run.status).toBe('completed');
    expect(run.trace).not.toContain('late');
  });
});

describe('a message that is thrown', () => {
  it('is published under its key, or sent by a worker, for whom the token waits', () => {
    const run = play(
      process('p')
        .start()
        .throws('say', sent('m', 'id'))
        .throws('mail', { type: 'message', work: { kind: 'job', jobType: literal('mail') } })
        .ends('last', { type: 'message', work: { kind: 'job', jobType: literal('mail') } }),
    ).start({ id: 7 });

    expect(run.all('messagePublished')).toMatchObject([{ messageName: 'm', correlationKey: '7' }]);
    expect(run.waitingAt).toEqual(['mail']);
    expect(run.complete('mail').waitingAt).toEqual(['last']);
    expect(run.complete('last').status).toBe('completed');
  });

  it('whose name an expression gives stops where there is none', () => {
    const work = { kind: 'message', message: { name: feel('topic') } } as const;
    const run = play(process('p').start().throws('say', { type: 'message', work }).end()).start();

    expect(run.incidents).toEqual(['expression-failed']);
    expect(run.setVariables({ topic: 'x' }).resolve('say').status).toBe('completed');
  });
});

/** A booking that can be undone, drawn up to where the rest follows. */
function undoable(): ProcessBuilder {
  return process('p')
    .start()
    .elsewhere()
    .userTask('undo', { isForCompensation: true })
    .from('start')
    .userTask('book')
    .boundary('undoing', 'book', undoneBy('undo'))
    .from('book');
}
