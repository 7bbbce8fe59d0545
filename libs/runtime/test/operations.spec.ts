import { completeTask, operateInstance, publishMessage, type Operation } from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundary, bpmn, END, job, message, onMessage, START, timer, userTask, waitFor, waiter } from './models.js';
import { codeOf, mary, noop, until, World } from './world.js';

// Features: E-26, R-11

const TASK = bpmn('task', [START, userTask('do'), userTask('check'), END], 'start > do > check > end');
const LATE = bpmn(
  'late',
  [
    START,
    userTask('do'),
    boundary('after', 'do', timer('duration PT0.2S'), false),
    job('remind', 'noop'),
    '<endEvent id="reminded" />',
    END,
  ],
  'start > do > end; after > remind > reminded',
);
const PAUSE = bpmn('pause', [START, waitFor('hear', onMessage('news')), END], 'start > hear > end', [message('news')]);

let world: World;
beforeAll(async () => {
  world = await World.open(noop);
  world.run([noop]);
  await world.deploy(TASK, LATE, PAUSE, waiter('buyer', 'paid'));
});
afterAll(async () => {
  expect(await world.violations()).toEqual([]);
  await world.close();
  expect(world.troubles).toEqual([]);
});

const operate = async (processInstanceId: string, operation: Operation) => {
  const { commandId } = await world.as((tx) => operateInstance(tx, { processInstanceId, operation, reason: 'test', by: 'mary' }));
  await until(() => world.count('command where id = $1', commandId), 0);
  const [refusal] = await world.query<{ code: string }>('select code from command_refusal where id = $1', commandId);
  return refusal?.code ?? 'taken';
};
const complete = (taskId: string) => world.as((tx) => completeTask(tx, { taskId, actor: mary }));

describe('a suspended instance', () => {
  it('has its status, and no task of it can be completed until it is resumed', async () => {
    const id = await world.start('task');
    const taskId = await world.untilTask(id, 'do');
    expect(await operate(id, { type: 'suspend' })).toBe('taken');
    expect((await world.instance(id)).status).toBe('suspended');
    expect(await operate(id, { type: 'suspend' })).toBe('instance-suspended');
    expect(await codeOf(complete(taskId))).toBe('instance-suspended');
    expect(await operate(id, { type: 'resume' })).toBe('taken');
    expect(await operate(id, { type: 'resume' })).toBe('instance-active');
    await complete(taskId);
    await world.untilTask(id, 'check');
  });

  it('keeps a timer that came, and fires it once when it is resumed', async () => {
    const id = await world.start('late');
    await world.untilTask(id, 'do');
    await operate(id, { type: 'suspend' });
    await until(async () => (await world.state(id)).deferred?.map(({ type }) => type), ['fireTimer']);
    expect(await world.count(`job where instance_id = $1 and kind = 'timer'`, id)).toBe(0);
    await operate(id, { type: 'resume' });
    await until(async () => (await world.completed(id)).includes('remind'), true);
    expect((await world.events(id)).filter(({ type }) => type === 'timerFired')).toHaveLength(1);
  });

  it('keeps a message that came, and takes it when it is resumed', async () => {
    const id = await world.start('pause');
    await world.untilWaiting(id);
    await operate(id, { type: 'suspend' });
    await world.as((tx) => publishMessage(tx, { name: 'news', timeToLiveMs: 0, variables: { read: true } }));
    await until(async () => (await world.state(id)).deferred?.length, 1);
    await operate(id, { type: 'resume' });
    await world.untilStatus(id, 'completed');
    expect(await world.variables(id)).toEqual({ read: true });
  });

  it('takes or refuses completions that race with its suspension, and never loses an accepted one', async () => {
    for (let round = 0; round < 12; round++) {
      const id = await world.start('task');
      const taskId = await world.untilTask(id, 'do');
      const completing = complete(taskId).then(
        () => 'accepted',
        (error: { code?: string }) => error.code,
      );
      const [answer, suspended] = await Promise.all([completing, operate(id, { type: 'suspend' })]);
      expect(suspended).toBe('taken');
      expect(['accepted', 'instance-suspended']).toContain(answer);
      const [task] = await world.query<{ state: string }>('select state from user_task where id = $1', taskId);
      expect(task!.state).toBe(answer === 'accepted' ? 'completed' : 'open');
      await operate(id, { type: 'resume' });
    }
  });
});

describe('an operator', () => {
  it('sets variables, with the reason on record', async () => {
    const id = await world.start('task', { amount: 1 });
    await world.untilTask(id, 'do');
    expect(await operate(id, { type: 'setVariables', scope: 0, variables: { amount: 2 } })).toBe('taken');
    expect(await world.variables(id)).toEqual({ amount: 2 });
    expect((await world.events(id)).at(-1)).toMatchObject({ type: 'variablesSet', by: 'mary', reason: 'test' });
    expect(await operate(id, { type: 'setVariables', scope: 99, variables: { amount: 3 } })).toBe('unknown-scope');
  });

  it('moves a token: one task is withdrawn, another opens', async () => {
    const id = await world.start('task');
    const first = await world.untilTask(id, 'do');
    const { key } = (await world.state(id)).elements[0]!;
    expect(await operate(id, { type: 'modify', changes: [{ type: 'move', key, elementId: 'check' }] })).toBe('taken');
    await world.untilTask(id, 'check');
    expect(await world.count(`user_task where id = $1 and state = 'canceled'`, first)).toBe(1);
    expect(await operate(id, { type: 'modify', changes: [{ type: 'move', key, elementId: 'check' }] })).toBe('not-waiting');
    expect(await operate(id, { type: 'modify', changes: [{ type: 'activate', elementId: 'nowhere' }] })).toBe('unknown-element');
  });
});

it('who waits without a key hears a message that has one', async () => {
  const id = await world.start('pause');
  await world.untilWaiting(id);
  await world.as((tx) => publishMessage(tx, { name: 'news', correlationKey: 'any', timeToLiveMs: 0 }));
  await world.untilStatus(id, 'completed');
});
