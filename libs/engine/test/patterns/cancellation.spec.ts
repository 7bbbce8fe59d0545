import { describe, expect, it } from 'vitest';
import { awaited, play, process, times } from '@baton/engine/testing';
import type { Play, ProcessBuilder } from '@baton/engine/testing';

// Features: M-19, E-04, E-10

const three = times(3);

/** Three instances of one task; a message ends them, and what follows is the same or another. */
function endedBy(message: string, draw: (builder: ProcessBuilder) => ProcessBuilder): ProcessBuilder {
  const model = process('p').start().userTask('work', { loop: three }).userTask('next').end();
  return draw(model.boundary(message, 'work', awaited(message)));
}

function withdrawn(run: Play): readonly string[] {
  return run.all('elementTerminated').map(({ elementId }) => elementId);
}

describe('cancellation and force completion', () => {
  it('WCP-19 Cancel Task: one task is withdrawn, and what follows it does not begin', () => {
    const model = process('p')
      .start()
      .userTask('ask')
      .userTask('next')
      .end()
      .boundary('stop', 'ask', awaited('stop'))
      .userTask('other')
      .end('e2');
    const run = play(model).start().receive('stop');

    expect(run.waitingAt).toEqual(['other']);
    expect(withdrawn(run)).toEqual(['ask']);
  });

  it('WCP-20 Cancel Case: the whole instance ends, with everything in it', () => {
    const model = process('p')
      .start()
      .parallel('split')
      .userTask('a')
      .end()
      .from('split')
      .subProcess('sub', (inside) => inside.start('in').userTask('b').end('out'))
      .end('e2')
      .eventSubProcess('stop', { id: 'stopped', event: awaited('stop') }, (inside) => inside.terminate('e3'));
    const run = play(model).start().receive('stopped');

    expect(run.status).toBe('completed');
    expect(withdrawn(run).toSorted()).toEqual(['a', 'b', 'sub']);
    expect(play(model).start().cancel().status).toBe('terminated');
  });

  it('WCP-25 Cancel Region: what a sub-process holds is withdrawn, what is outside goes on', () => {
    const model = process('p')
      .start()
      .parallel('split')
      .userTask('outside')
      .end()
      .from('split')
      .subProcess('region', (inside) => inside.start('in').parallel('fork').userTask('a').end('out').from('fork').userTask('b').end('out2'))
      .end('e2')
      .boundary('stop', 'region', awaited('stop'))
      .userTask('other')
      .end('e3');
    const run = play(model).start().receive('stop');

    expect(run.waitingAt).toEqual(['outside', 'other']);
    expect(withdrawn(run).toSorted()).toEqual(['a', 'b', 'region']);
  });

  it('WCP-26 Cancel Multiple Instance Activity: all instances are withdrawn, and what follows does not begin', () => {
    const run = play(endedBy('stop', (builder) => builder.end('stopped'))).start();

    expect(run.waitingAt).toEqual(['work', 'work', 'work', 'work']);
    expect(run.receive('stop').status).toBe('completed');
    expect(run.trace).not.toContain('next');
  });

  it('WCP-27 Complete Multiple Instance Activity: the instances that remain are withdrawn, and what follows begins', () => {
    const run = play(endedBy('enough', (builder) => builder.to('next'))).start();
    const inner = run.state.elements.find(({ waiting }) => waiting === 'userTask');
    run.send({ type: 'completeUserTask', key: inner!.key, variables: {} }).receive('enough');

    expect(run.waitingAt).toEqual(['next']);
    expect(withdrawn(run)).toHaveLength(3);
  });
});
