import { claimTask, completeTask, newId, releaseTask } from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { boundary, bpmn, END, START, timer, userTask } from './models.js';
import { codeOf, john, mary, noop, World } from './world.js';

// Features: E-03, E-11, H-01, H-02, H-05, H-10, R-08

const APPROVE = bpmn('approve', [START, userTask('sign', 'candidateGroups="management"'), END], 'start > sign > end');
/** Whoever does not sign within a second is too late. */
const HURRY = bpmn(
  'hurry',
  [START, userTask('sign'), boundary('late', 'sign', timer('duration PT1S')), END, '<endEvent id="expired" />'],
  'start > sign > end; late > expired',
);
const peter = { username: 'peter', groups: ['accounting'], supervisor: false };
const admin = { username: 'admin', groups: [], supervisor: true };

describe('a task for people', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(noop);
    await world.deploy(APPROVE);
  });
  afterAll(() => world.close());

  const open = async () => {
    const id = await world.start('approve');
    return { id, taskId: await world.untilTask(id, 'sign') };
  };
  const task = async (id: string) =>
    (await world.query<{ state: string; assignee: string | null }>('select * from user_task where id = $1', id))[0]!;

  it('is claimed, given back, claimed by another and completed with what they decided', async () => {
    const { id, taskId } = await open();
    await world.as((tx) => claimTask(tx, { taskId, actor: mary }));
    await world.as((tx) => releaseTask(tx, { taskId, actor: mary }));
    expect((await task(taskId)).assignee).toBeNull();
    await world.as((tx) => claimTask(tx, { taskId, actor: john }));
    await world.as((tx) => completeTask(tx, { taskId, actor: john, variables: { approved: true } }));
    await world.untilStatus(id, 'completed');
    expect(await world.variables(id)).toEqual({ approved: true });
    expect(await task(taskId)).toMatchObject({ state: 'completed', assignee: 'john', completed_by: 'john' });
    const told = (await world.events(id)).filter(({ type }) => type === 'userTaskAssigned' || type === 'userTaskCompleted');
    expect(told.map((event) => ('assignee' in event ? event.assignee : event.type))).toEqual(['mary', null, 'john', 'userTaskCompleted']);
  });

  it('goes to exactly one of two who claim it at the same moment', async () => {
    for (let round = 0; round < 15; round++) {
      const { taskId } = await open();
      const answers = await Promise.allSettled([
        world.as((tx) => claimTask(tx, { taskId, actor: mary })),
        world.as((tx) => claimTask(tx, { taskId, actor: john })),
      ]);
      const refused = answers.filter((answer) => answer.status === 'rejected');
      expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['task-claimed']);
      const winner = answers[0].status === 'fulfilled' ? 'mary' : 'john';
      expect((await task(taskId)).assignee).toBe(winner);
    }
  });

  it('is completed once: of two at the same moment one gets task-not-open, and so does everyone after', async () => {
    const { id, taskId } = await open();
    const complete = () => world.as((tx) => completeTask(tx, { taskId, actor: mary, variables: {} }));
    const answers = await Promise.allSettled([complete(), complete()]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await world.untilStatus(id, 'completed');
    expect(await codeOf(complete())).toBe('task-not-open');
    expect(await codeOf(world.as((tx) => claimTask(tx, { taskId, actor: mary })))).toBe('task-not-open');
  });

  it('refuses those who have no part in it, and not the supervisor', async () => {
    const { id, taskId } = await open();
    for (const act of [claimTask, releaseTask, completeTask]) {
      expect(await codeOf(world.as((tx) => act(tx, { taskId, actor: peter })))).toBe('forbidden');
      expect(await codeOf(world.as((tx) => act(tx, { taskId: newId(), actor: mary })))).toBe('not-found');
      expect(await codeOf(world.as((tx) => act(tx, { taskId: `' or 1=1--`, actor: mary })))).toBe('not-found');
    }
    await world.as((tx) => claimTask(tx, { taskId, actor: mary }));
    expect(await codeOf(world.as((tx) => completeTask(tx, { taskId, actor: john })))).toBe('task-claimed');
    expect(await codeOf(world.as((tx) => releaseTask(tx, { taskId, actor: john })))).toBe('task-claimed');
    await world.as((tx) => completeTask(tx, { taskId, actor: admin }));
    await world.untilStatus(id, 'completed');
  });
});

describe('a completion and a timer that would withdraw the task', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open();
    await world.deploy(HURRY);
  });
  afterAll(async () => {
    expect(await world.violations()).toEqual([]);
    await world.close();
  });

  it('never both: accepted means done, withdrawn means the caller was told', async () => {
    const workers = [world.run([noop]), world.run([noop])];
    const ids: string[] = [];
    for (let n = 0; n < 48; n++) ids.push(await world.start('hurry'));
    const outcomes = await Promise.all(
      ids.map(async (id, n) => {
        const taskId = await world.untilTask(id, 'sign');
        const [due] = await world.query<{ in_ms: number }>(
          `select extract(epoch from run_at - clock_timestamp())::float8 * 1000 as in_ms from job where instance_id = $1 and kind = 'timer'`,
          id,
        );
        await sleep(Math.max(0, due!.in_ms - 40 + 3 * n));
        const answer = await world
          .as((tx) => completeTask(tx, { taskId, actor: mary }))
          .then(
            () => 'end',
            (error: { code: string }) => error.code,
          );
        await world.untilStatus(id, 'completed');
        return { answer, way: (await world.completed(id)).at(-1) };
      }),
    );
    const accepted = outcomes.filter(({ answer }) => answer === 'end');
    const refused = outcomes.filter(({ answer }) => answer !== 'end');
    expect(new Set(accepted.map(({ way }) => way))).toEqual(new Set(['end']));
    expect(new Set(refused.map(({ answer, way }) => `${answer} ${way}`))).toEqual(new Set(['task-not-open expired']));
    for (const worker of workers) await world.stop(worker);
  });

  it('the completion wins when both wait for the same step', async () => {
    const worker = world.run([noop]);
    const id = await world.start('hurry');
    const taskId = await world.untilTask(id, 'sign');
    await world.stop(worker);
    await sleep(1_050); // the timer is due; nobody is there to fire it
    await world.as((tx) => completeTask(tx, { taskId, actor: mary }));
    await world.stop(await startedUntil(id));
    expect((await world.completed(id)).at(-1)).toBe('end');
    const refused = await world.query('select type from command_refusal where instance_id = $1', id);
    expect(refused).toEqual([]);
  });

  it('the step that was overtaken by a completion reads again', async () => {
    const worker = world.run([noop]);
    const id = await world.start('hurry');
    const taskId = await world.untilTask(id, 'sign');
    await world.as(async (tx) => {
      await completeTask(tx, { taskId, actor: mary });
      await sleep(1_200); // the timer's step runs into this transaction, and waits for its row
    });
    await world.untilStatus(id, 'completed');
    expect((await world.completed(id)).at(-1)).toBe('end');
    expect(await world.query('select state from user_task where id = $1', taskId)).toEqual([{ state: 'completed' }]);
    await world.stop(worker);
  });

  const startedUntil = async (id: string) => {
    const worker = world.run([noop]);
    await world.untilStatus(id, 'completed');
    return worker;
  };
});
