import { compile, newInstance, type Command, type Instance } from '@baton/engine';
import { awaited, becomes, process, signal, times, type ProcessBuilder } from '@baton/engine/testing';
import { decisionPort } from '@baton/decisions';
import { expressions } from '@baton/expressions';
import { describe, expect, it } from 'vitest';
import { rowId } from '../row-id.js';
import { answerOthers } from './answer-others.js';
import { Changes } from './changes.js';
import { collectChanges } from './collect-changes.js';
import type { Loaded } from './load-batch.js';
import { stepInstance } from './stepped.js';

// Features: E-11, R-08

const ID = '01900000-0000-7000-8000-000000000100';
const NOW = 1_700_000_000_000;
type Asked = Command extends infer Any ? (Any extends unknown ? Omit<Any, 'at'> : never) : never;

/** One instance that is stepped batch by batch; each gives the changes it makes to the rows around it. */
function play(drawn: ProcessBuilder, hosted: readonly string[] = []) {
  const process = compile(drawn.build(), { expressions, decisions: decisionPort([]) });
  let instance: Instance = newInstance();
  return {
    /** Key of the only element instance that is at this element. */
    key: (elementId: string) => instance.elements.find((element) => element.elementId === elementId)!.key,
    instance: () => instance,
    step(...commands: readonly Asked[]): Changes {
      const loaded: Loaded = {
        tenantId: 'tenant',
        id: ID,
        revision: '0',
        definitionId: 'definition',
        instance: structuredClone(instance),
        parentKey: null,
        callDepth: 3,
        startedBy: 'mary',
        incoming: commands.map((command) => ({ command: { ...command, at: NOW } as Command })),
      };
      const stepped = stepInstance(loaded, () => ({ id: 'definition', processId: 'p', version: 1, process }));
      const changes = new Changes();
      collectChanges(stepped, new Set(hosted), changes);
      answerOthers(stepped, changes);
      instance = stepped.instance;
      return changes;
    },
  };
}

const START: Asked = { type: 'start', variables: { order: 'A-1' } };
/** The lists of changes that are not empty, without what live listeners are told. */
const touched = (changes: Changes) =>
  Object.entries(changes)
    .filter(([name, list]) => name !== 'live' && (list as unknown[]).length > 0)
    .map(([name]) => name);

describe('what a step means for the rows around its instance', () => {
  it('a job for a handler hosted here is a connector’s, any other is for workers outside', () => {
    const drawn = () => process('p').start().serviceTask('work').end();
    const expected = { id: rowId(ID, 2), tenantId: 'tenant', instanceId: ID, type: 'noop', definitionId: 'definition', retries: 3 };
    expect(play(drawn(), ['noop']).step(START).jobs).toMatchObject([{ ...expected, kind: 'connector' }]);
    expect(play(drawn(), ['other']).step(START).jobs).toMatchObject([{ ...expected, kind: 'external', payload: { elementId: 'work' } }]);
  });

  it('its row goes when the job is done, and what came and went within one batch never had a row', () => {
    const scene = play(process('p').start().serviceTask('first').serviceTask('second').end());
    scene.step(START);
    const first = scene.key('first');
    const changes = scene.step({ type: 'completeJob', key: first, variables: {} }, { type: 'completeJob', key: first + 1, variables: {} });
    expect(scene.instance().status).toBe('completed');
    expect(changes.jobs).toEqual([]);
    expect(changes.jobsGone.map(({ id }) => id)).toEqual([rowId(ID, first)]);
  });

  it('a failed job is put off, and without attempts left it waits for a person', () => {
    const scene = play(process('p').start().serviceTask('work').end());
    scene.step(START);
    const key = scene.key('work');
    const retried = scene.step({ type: 'failJob', key, message: 'no', retryAt: NOW + 500 });
    expect(retried.jobsRetried).toMatchObject([{ id: rowId(ID, key), retriesLeft: 2, retryAt: NOW + 500 }]);
    expect(touched(retried)).toEqual(['jobsRetried']);
    const given = scene.step({ type: 'failJob', key, message: 'no', retriesLeft: 0 });
    expect(given.jobsRetried).toMatchObject([{ retriesLeft: 0, retryAt: null }]);
    expect(given.incidents).toMatchObject([{ elementId: 'work', code: 'job-retries-exhausted', message: 'no' }]);
    const [{ id: incident, key: incidentKey }] = given.incidents as [Changes['incidents'][number]];
    const resolved = scene.step({ type: 'resolveIncident', incident: incidentKey, retries: 4 });
    expect(resolved.incidentsResolved.map(({ id }) => id)).toEqual([incident]);
    expect(resolved.jobs).toMatchObject([{ id: rowId(ID, key), retries: 4 }]);
  });

  it('a timer is due work as long as its activity lasts', () => {
    const scene = play(process('p').start().userTask('do').end().boundaryTimer('late', 'do', 'PT1H').end('expired'));
    const opened = scene.step(START);
    expect(touched(opened)).toEqual(['jobs', 'tasks']);
    expect(opened.jobs).toMatchObject([{ kind: 'timer', runAt: NOW + 3_600_000 }]);
    const [{ id: timerId }] = opened.jobs as [Changes['jobs'][number]];
    const done = scene.step({ type: 'completeUserTask', key: scene.key('do'), variables: {}, by: 'mary' });
    expect(done.jobsGone.map(({ id }) => id)).toEqual([timerId]);
    expect(done.tasksCompleted).toMatchObject([{ by: 'mary', at: NOW }]);
    expect(done.tasksCanceled).toEqual([]);
  });

  it('a task its process withdraws is canceled, with a mark when this very step refused its completion', () => {
    const drawn = () => process('p').start().userTask('do').end().boundaryTimer('late', 'do', 'PT1H').end('expired');
    const timer = (scene: ReturnType<typeof play>) => scene.instance().timers[0]!.key;
    const plain = play(drawn());
    plain.step(START);
    expect(plain.step({ type: 'fireTimer', timer: timer(plain) }).tasksCanceled).toMatchObject([{ refused: false }]);

    const late = play(drawn());
    late.step(START);
    const key = late.key('do');
    const changes = late.step({ type: 'fireTimer', timer: timer(late) }, { type: 'completeUserTask', key, variables: {} });
    expect(changes.tasksCanceled).toMatchObject([{ id: rowId(ID, key), refused: true }]);
    expect(changes.tasksCompleted).toEqual([]);
  });

  it('a subscription is looked at once when it opens; it was met by its message, or closed without', () => {
    const drawn = () => process('p').start().messageCatch('wait', 'paid', { key: 'order' }).end();
    const met = play(drawn());
    const opened = met.step(START);
    expect(opened.subscriptions).toMatchObject([{ messageName: 'paid', correlationKey: 'A-1', processId: 'p', elementId: 'wait' }]);
    expect(opened.jobs).toMatchObject([{ kind: 'subscription', id: opened.subscriptions[0]!.id }]);
    const { key: subscription } = opened.subscriptions[0]!;
    const correlated = met.step({ type: 'correlateMessage', subscription, messageId: 'm', variables: {} });
    expect(correlated.subscriptionsMet).toMatchObject([{ id: rowId(ID, subscription) }]);
    expect(correlated.subscriptionsClosed).toEqual([]);

    const closed = play(drawn());
    closed.step(START);
    expect(closed.step({ type: 'cancel' }).subscriptionsClosed).toMatchObject([{ id: rowId(ID, subscription), refused: false }]);

    const crossed = play(drawn());
    crossed.step(START);
    const both = crossed.step({ type: 'cancel' }, { type: 'correlateMessage', subscription, messageId: 'm', variables: {} });
    expect(both.subscriptionsClosed).toMatchObject([{ refused: true }]);
  });

  it('a call starts a child one level deeper, in the name of who started the caller; ended early, it takes the child along', () => {
    const scene = play(process('p').start().callActivity('ask', 'other', { passAllVariables: true }).end());
    const called = scene.step(START);
    expect(called.children).toMatchObject([{ calledProcessId: 'other', callDepth: 4, startedBy: 'mary', variables: { order: 'A-1' } }]);
    const key = scene.key('ask');
    expect(scene.step({ type: 'cancel' }).childrenCanceled).toEqual([{ tenantId: 'tenant', parentId: ID, key }]);
  });

  it('the end of a child is a command to its caller: what it gives back, or why it failed', () => {
    const parent = { instanceId: 'caller', key: 7 };
    const child = () => play(process('p').start().userTask('do').end());
    const start: Asked = { type: 'start', variables: {}, parent };
    const completed = child();
    completed.step(start);
    const { commands } = completed.step({ type: 'completeUserTask', key: completed.key('do'), variables: { answer: 42 } });
    expect(commands).toEqual([
      { tenantId: 'tenant', instanceId: 'caller', command: { type: 'completeChild', key: 7, variables: { answer: 42 } } },
    ]);

    const canceled = child();
    canceled.step(start);
    expect(canceled.step({ type: 'cancel', reason: 'not today' }).commands).toMatchObject([
      { instanceId: 'caller', command: { type: 'failChild', key: 7, message: expect.stringContaining('not today') as string } },
    ]);

    const failed = play(process('p').start().errorEnd('broken', 'E-7'));
    expect(failed.step(start).commands).toMatchObject([{ command: { type: 'failChild', errorCode: 'E-7' } }]);
  });

  it('the body of a loop has no rows of its own, its inner instances have', () => {
    const scene = play(
      process('p')
        .start()
        .userTask('each', { loop: times(2) })
        .end()
        .boundaryTimer('late', 'each', 'PT1H')
        .end('expired'),
    );
    const opened = scene.step(START);
    const inner = scene.instance().elements.filter(({ loopCounter }) => loopCounter !== undefined);
    expect(opened.tasks.map(({ id }) => id)).toEqual(inner.map(({ key }) => rowId(ID, key)));
    const [first, second] = [inner[0]!, inner[1]!];
    scene.step({ type: 'completeUserTask', key: first.key, variables: {} });
    const ended = scene.step({ type: 'fireTimer', timer: scene.instance().timers[0]!.key });
    expect(ended.tasksCanceled.map(({ id }) => id)).toEqual([rowId(ID, second.key)]);
  });

  it('a timer that is put off moves its row, and does not fire any more in the same step', () => {
    const scene = play(process('p').start().timerCatch('wait', 'PT1H').end());
    scene.step(START);
    const timer = scene.instance().timers[0]!.key;
    const moved = scene.step({ type: 'rescheduleTimer', timer, dueAt: NOW + 5 }, { type: 'fireTimer', timer });
    expect(touched(moved)).toEqual(['timersMoved']);
    expect(moved.timersMoved).toMatchObject([{ id: rowId(ID, timer), runAt: NOW + 5 }]);
    expect(scene.instance().status).toBe('active');
  });

  it('a message that does not interrupt is waited for again, under a new key', () => {
    const scene = play(
      process('p').start().userTask('do').end().boundary('told', 'do', awaited('news'), { interrupting: false }).end('heard'),
    );
    const subscription = scene.step(START).subscriptions[0]!.key;
    const heard = scene.step({ type: 'correlateMessage', subscription, messageId: 'm', variables: {} });
    expect(heard.subscriptionsMet).toMatchObject([{ id: rowId(ID, subscription) }]);
    expect(heard.subscriptions).toMatchObject([{ messageName: 'news', elementId: 'told' }]);
    expect(heard.subscriptions[0]!.key).not.toBe(subscription);
  });

  it('a signal goes out to others, its own instance has heard it; a condition has no row', () => {
    const scene = play(
      process('p')
        .start()
        .parallel('fork')
        .catches('hear', signal('s'))
        .end()
        .from('fork')
        .throws('shout', signal('s'))
        .end('e2')
        .from('fork')
        .catches('late', signal('s'))
        .end('e3')
        .from('fork')
        .catches('full', becomes('order = "B-2"'))
        .end('e4'),
    );
    const changes = scene.step(START);
    const subscriptionOf = (elementId: string) => scene.instance().subscriptions.find((one) => one.elementId === elementId)!.key;
    expect(changes.signals).toEqual([{ tenantId: 'tenant', instanceId: ID, signalName: 's', variables: {} }]);
    expect(changes.signalSubscriptions.map(({ elementId }) => elementId)).toEqual(['late']);
    expect(changes.subscriptions).toEqual([]);
    const received = scene.step({ type: 'receiveSignal', subscription: subscriptionOf('late'), variables: {} });
    expect(received.signalSubscriptionsGone).toHaveLength(1);
  });

  it('a scoped signal never leaves its instance', () => {
    const scene = play(
      process('p')
        .start()
        .throws('raise', signal('s', { scoped: true }))
        .catches('synch', signal('s', { scoped: true }))
        .end(),
    );
    const changes = scene.step(START);
    expect(touched(changes)).toEqual([]);
    expect(scene.instance().status).toBe('completed');
  });

  it('an escalation that nobody catches here is told to the caller, which goes on', () => {
    const scene = play(process('p').start().throws('late', { type: 'escalation', escalationCode: 'slow' }).userTask('do').end());
    const { commands } = scene.step({ type: 'start', variables: {}, parent: { instanceId: 'caller', key: 7 } });
    expect(commands).toEqual([
      { tenantId: 'tenant', instanceId: 'caller', command: { type: 'escalateChild', key: 7, escalationCode: 'slow', variables: {} } },
    ]);
  });

  it('a detached call starts its child although nobody waits for it, and its end is told to the caller', () => {
    const scene = play(process('p').start().callActivity('spawn', 'other', { detached: true }).userTask('do').end());
    const called = scene.step(START);
    expect(called.children).toMatchObject([{ calledProcessId: 'other' }]);
    const { key } = called.children[0]!;
    expect(touched(scene.step({ type: 'completeChild', key, variables: {} }))).toEqual([]);
    expect(scene.instance().detached).toBeUndefined();
    expect(scene.step({ type: 'cancel' }).childrenCanceled).toEqual([]);
  });

  it('a suspended instance keeps answers; what brought them has served', () => {
    const scene = play(process('p').start().serviceTask('work').end().boundaryTimer('late', 'work', 'PT1H').end('expired'), ['noop']);
    scene.step(START);
    const [key, timer] = [scene.key('work'), scene.instance().timers[0]!.key];
    expect(scene.step({ type: 'suspend' }).suspended).toEqual([{ tenantId: 'tenant', instanceId: ID }]);
    const kept = scene.step({ type: 'completeJob', key, variables: {} }, { type: 'fireTimer', timer });
    expect(kept.jobsParked).toMatchObject([{ id: rowId(ID, key) }]);
    expect(kept.jobsGone).toMatchObject([{ id: rowId(ID, timer) }]);
    const resumed = scene.step({ type: 'resume' });
    expect(scene.instance().status).toBe('completed');
    expect(resumed.jobsGone).toContainEqual(expect.objectContaining({ id: rowId(ID, key) }));
  });

  it('a message kept while it was suspended, and pointless since, does not hold up the end of its subscription', () => {
    const scene = play(process('p').start().messageCatch('wait', 'paid').end());
    const subscription = scene.step(START).subscriptions[0]!.key;
    scene.step({ type: 'suspend' }, { type: 'correlateMessage', subscription, messageId: 'm', variables: {} });
    expect(scene.step({ type: 'cancel' }).subscriptionsClosed).toMatchObject([{ id: rowId(ID, subscription), refused: true }]);
  });
});
