import { describe, expect, it } from 'vitest';
import { after, awaited, becomes, play, process, signal } from '../../testing/index.js';

// Features: E-08, E-10

describe('a suspended instance', () => {
  const order = process('order').start().serviceTask('pay').scriptTask('paid', '{ paid: true }').userTask('pack').end();

  it('remembers who suspended it, and why', () => {
    const run = play(order).start().send({ type: 'suspend', by: 'ada', reason: 'stocktaking' });

    expect(run.status).toBe('suspended');
    expect(run.last).toEqual([{ type: 'instanceSuspended', by: 'ada', reason: 'stocktaking' }]);
  });

  it('keeps the answer of a worker and moves no token', () => {
    const run = play(order).start().send({ type: 'suspend' }).complete('pay', { receipt: 7 });

    expect(run.waitingAt).toEqual(['pay']);
    expect(run.variables).toEqual({});
    expect(run.last.map(({ type }) => type)).toEqual(['commandDeferred']);
  });

  it('takes up what it kept when it is resumed', () => {
    const run = play(order).start().send({ type: 'suspend' }).complete('pay', { receipt: 7 }).send({ type: 'resume', by: 'bob' });

    expect(run.waitingAt).toEqual(['pack']);
    expect(run.variables).toEqual({ receipt: 7, paid: true });
    expect(run.state.deferred).toBeUndefined();
    expect(run.last[0]).toEqual({ type: 'instanceResumed', by: 'bob' });
  });

  it('takes up answers in the order they came', () => {
    const race = process('race')
      .start()
      .parallel('fork')
      .serviceTask('a')
      .end('e1')
      .from('fork')
      .receiveTask('b', 'news')
      .end('e2')
      .from('fork')
      .catches('c', signal('horn'))
      .end('e3')
      .from('fork')
      .catches('d', after('PT1H'))
      .end('e4');
    const run = play(race).start().send({ type: 'suspend' });
    run.signal('c', { last: 'c' }).fire('d').complete('a', { last: 'a' }).receive('b', { last: 'b' });

    run.send({ type: 'resume' });

    const ended = run.all('elementCompleted').map(({ elementId }) => elementId);
    expect(ended).toEqual(['c', 'd', 'a', 'b']);
    expect(run.variables).toEqual({ last: 'b' });
    expect(run.status).toBe('completed');
  });

  it('lets go of what has become pointless', () => {
    const guarded = process('guarded').start().serviceTask('pay').end().boundaryTimer('late', 'pay', 'PT1H').end('e2');
    const run = play(guarded).start().send({ type: 'suspend' }).fire('late').complete('pay', { receipt: 7 });

    run.send({ type: 'resume' });

    expect(run.trace).toEqual(['start', 'pay', 'late', 'e2', 'completed']);
    expect(run.variables).toEqual({});
  });

  it('lets go of what was meant for an instance that its first answer ended', () => {
    const ending = process('ending').start().parallel('fork').serviceTask('a').terminate('stop').from('fork').serviceTask('b').end();
    const run = play(ending).start().send({ type: 'suspend' }).complete('a').complete('b', { b: 1 });

    run.send({ type: 'resume' });

    expect(run.status).toBe('completed');
  });

  it('does not ascribe what a worker found to whoever resumes', () => {
    const run = play(order).start().send({ type: 'suspend' }).complete('pay', { receipt: 7 }).send({ type: 'resume', by: 'bob' });

    expect(run.all('variablesSet')[0]).toEqual({ type: 'variablesSet', scope: 0, variables: { receipt: 7 } });
  });

  it('tells people to wait', () => {
    const run = play(process('p').start().userTask('pack').end()).start().send({ type: 'suspend' });

    expect(() => run.complete('pack')).toThrow('suspended; resume it first');
  });

  it('can still be assigned, corrected and ended', () => {
    const run = play(process('p').start().userTask('pack').end()).start().send({ type: 'suspend' });

    run.assign('pack', 'ada').setVariables({ x: 1 });
    expect(run.variables).toEqual({ x: 1 });
    expect(run.state.elements[0]!.assignee).toBe('ada');

    run.cancel('never mind');
    expect(run.status).toBe('terminated');
  });

  it('keeps tokens on their way where they are until it is resumed', () => {
    const run = play(process('p').start().scriptTask('x', '{ y: missing + 1 }').userTask('pack').end()).start().send({ type: 'suspend' });
    run.setVariables({ missing: 1 }).resolve('x');

    expect(run.state.ready.map(({ elementId }) => elementId)).toEqual(['x']);
    expect(run.variables).toEqual({ missing: 1 });
    run.setVariables({ other: 1 });
    expect(run.state.ready).toHaveLength(1);

    run.send({ type: 'resume' });
    expect(run.waitingAt).toEqual(['pack']);
    expect(run.variables).toMatchObject({ y: 2 });
  });

  it('gives a job the attempts it was promised meanwhile', () => {
    const run = play(order).start().fail('pay', 'no line', 0).send({ type: 'suspend' }).resolve('pay', 7);
    run.send({ type: 'resume' });

    expect(run.state.elements[0]).toMatchObject({ waiting: 'job', retries: 7 });
  });

  it('looks at conditions when it is resumed, not before', () => {
    const run = play(process('p').start().catches('rich', becomes('money > 5')).end())
      .start({ money: 1 })
      .send({ type: 'suspend' });

    run.setVariables({ money: 9 });
    expect(run.waitingAt).toEqual(['rich']);

    run.send({ type: 'resume' });
    expect(run.status).toBe('completed');
  });

  it('keeps messages of its event sub-processes, too', () => {
    const guarded = process('guarded')
      .start()
      .userTask('work')
      .end()
      .eventSubProcess('stop', { id: 'told', event: awaited('stop') }, (inside) => inside.userTask('tidy').end('e2'));
    const run = play(guarded).start().send({ type: 'suspend' }).receive('told', { why: 'rain' });

    expect(run.waitingAt).toEqual(['work']);
    run.send({ type: 'resume' });
    expect(run.waitingAt).toEqual(['stop', 'tidy']);
    expect(run.variables).toEqual({ why: 'rain' });
  });
});
