import { AppError } from '@baton/contracts';
import {
  activateJobs,
  cancelInstance,
  completeJob,
  completeTask,
  deploy,
  migrateInstance,
  operateInstance,
  planInstanceMigration,
  publishMessage,
  readFiles,
  startInstance,
  type MigrateInstance,
} from '@baton/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundary, bpmn, END, job, message, onMessage, onSignal, signal, START, timer, userTask, waitFor } from './models.js';
import { codeOf, mary, noop, until, World } from './world.js';

// Features: E-13, R-11

/** Version 1 and 2 of a process with one task and a job behind it; in 2 both have other names. */
const work = (version: number) =>
  version === 1
    ? bpmn('work', [START, userTask('do'), job('send', 'outside', 1), END], 'start > do > send > end')
    : bpmn('work', [START, userTask('approve'), job('deliver', 'outside', 1), END], 'start > approve > deliver > end');
const RENAMED = { do: 'approve', send: 'deliver' };
/** Everything that has a row, beside one task. */
const rows = (version: number) => {
  const suffix = version === 1 ? '' : '-now';
  return bpmn(
    'rows',
    [
      START,
      userTask(`do${suffix}`),
      boundary(`paid${suffix}`, `do${suffix}`, onMessage('paid'), false),
      boundary(`shut${suffix}`, `do${suffix}`, onSignal('shut'), false),
      version === 1 ? boundary('gone', 'do', timer('duration PT1H'), false) : boundary('new', 'do-now', timer('duration PT2H'), false),
      ...['a', 'b', 'c'].map((id) => `<endEvent id="${id}" />`),
      END,
    ],
    `start > do${suffix} > end; paid${suffix} > a; shut${suffix} > b; ${version === 1 ? 'gone' : 'new'} > c`,
    [message('paid'), signal('shut')],
  );
};
const BROKEN = (version: number) =>
  bpmn('broken', [START, `<exclusiveGateway id="way${version}" />`, END], `start > way${version}`, []).replace(
    '</process>',
    `<sequenceFlow id="c" sourceRef="way${version}" targetRef="end"><conditionExpression>=missing</conditionExpression></sequenceFlow></process>`,
  );
const listen = (version: number) =>
  bpmn('listen', [START, waitFor(`wait${version}`, onMessage('call')), END], `start > wait${version} > end`, [message('call')]);

let world: World;
const versions = new Map<string, string>();
beforeAll(async () => {
  world = await World.open(noop);
  for (const version of [1, 2]) {
    const { processDefinitions } = await world.deploy(work(version), rows(version), BROKEN(version), listen(version));
    for (const { processId, id } of processDefinitions) versions.set(`${processId} ${version}`, id);
  }
});
afterAll(async () => {
  expect(await world.violations()).toEqual([]);
  await world.close();
  expect(world.troubles).toEqual([]);
});

type Request = Partial<MigrateInstance>;
const ask = (processInstanceId: string, request: Request): MigrateInstance => ({
  processInstanceId,
  mapping: {},
  reason: 'test',
  by: 'mary',
  ...request,
});
/** What became of it: `taken`, or the refusal with its code. */
const migrate = async (processInstanceId: string, request: Request): Promise<{ code: string; errors?: unknown }> => {
  try {
    const { commandId } = await world.as((tx) => migrateInstance(tx, ask(processInstanceId, { version: 2, ...request })));
    await until(() => world.count('command where id = $1', commandId), 0);
    const found = await world.query<{ code: string; errors: unknown }>('select code, errors from command_refusal where id = $1', commandId);
    return found[0] ?? TAKEN;
  } catch (error) {
    if (error instanceof AppError) return { code: error.code };
    throw error;
  }
};
const TAKEN = { code: 'taken' };
const plan = (processInstanceId: string, request: Request, tenantId = world.acme) =>
  world.as((tx) => planInstanceMigration(tx, ask(processInstanceId, { version: 2, ...request })), tenantId);
const startOld = async (processId: string) => {
  const id = versions.get(`${processId} 1`)!;
  return (await world.as((tx) => startInstance(tx, { processDefinitionId: id }))).id;
};
const definitionIn = async (from: string, id: string) =>
  (await world.query<{ process_definition_id: string; element_id: string }>(`select * from ${from}`, id)).map((row) => [
    row.process_definition_id,
    row.element_id,
  ]);

describe('an instance that moves to another version', () => {
  it('takes its task along and goes on as the new version says', async () => {
    const id = await startOld('work');
    const taskId = await world.untilTask(id, 'do');
    expect((await plan(id, { mapping: RENAMED })).problems).toEqual([]);
    expect(await migrate(id, { mapping: RENAMED })).toEqual(TAKEN);
    expect(await world.count('process_instance where id = $1 and process_definition_id = $2', id, versions.get('work 2'))).toBe(1);
    expect(await definitionIn('user_task where instance_id = $1', id)).toEqual([[versions.get('work 2'), 'approve']]);
    expect((await world.events(id)).at(-1)).toMatchObject({ type: 'instanceMigrated', by: 'mary', reason: 'test' });
    await world.as((tx) => completeTask(tx, { taskId, actor: mary }));
    const leased = async () => world.as((tx) => activateJobs(tx, { type: 'outside', worker: 'w' }));
    let found = await leased();
    await until(async () => (found = found.length > 0 ? found : await leased()).map(({ elementId }) => elementId), ['deliver']);
    await world.as((tx) => completeJob(tx, { jobId: found[0]!.id, leaseEpoch: found[0]!.leaseEpoch }));
    await world.untilStatus(id, 'completed');
    expect(await world.completed(id)).toEqual(['start', 'approve', 'deliver', 'end']);
  });

  it('takes its subscriptions along, ends what is gone and begins what is new', async () => {
    const id = await startOld('rows');
    await world.untilTask(id, 'do');
    const mapping = { do: 'do-now', paid: 'paid-now', shut: 'shut-now' };
    expect(await migrate(id, { mapping })).toEqual(TAKEN);
    const now = versions.get('rows 2');
    expect(await definitionIn('message_subscription where instance_id = $1', id)).toEqual([[now, 'paid-now']]);
    expect(await definitionIn('signal_subscription where instance_id = $1', id)).toEqual([[now, 'shut-now']]);
    const timers = await world.query<{ in: number }>(
      `select round(extract(epoch from run_at - now()) / 3600)::int as in from job where instance_id = $1 and kind = 'timer'`,
      id,
    );
    expect(timers).toEqual([{ in: 2 }]);
    await world.as((tx) => publishMessage(tx, { name: 'paid', timeToLiveMs: 0 }));
    await until(async () => (await world.completed(id)).includes('a'), true);
    await world.as((tx) => cancelInstance(tx, { processInstanceId: id }));
    await world.untilStatus(id, 'terminated');
  });

  it('keeps the effect key of an open job whose element has another name now', async () => {
    const id = await startOld('work');
    await world.as(async (tx) => completeTask(tx, { taskId: await world.untilTask(id, 'do'), actor: mary }));
    const lease = () => world.as((tx) => activateJobs(tx, { type: 'outside', worker: 'w', leaseMs: 1 }));
    let [first] = await lease();
    await until(async () => ([first] = first ? [first] : await lease())[0]?.elementId, 'send');
    expect(await migrate(id, { mapping: RENAMED })).toEqual(TAKEN);
    const [again] = await lease();
    expect(again).toMatchObject({ id: first!.id, effectKey: first!.effectKey, elementId: 'deliver' });
    await world.as((tx) => completeJob(tx, { jobId: again!.id, leaseEpoch: again!.leaseEpoch }));
    await world.untilStatus(id, 'completed');
  });

  it('takes its incident along', async () => {
    const id = await startOld('broken');
    await world.untilIncident(id, 'condition-not-boolean');
    expect(await migrate(id, { mapping: { way1: 'way2' } })).toEqual(TAKEN);
    expect(await world.query('select element_id from incident where instance_id = $1', id)).toEqual([{ element_id: 'way2' }]);
  });

  it('may be suspended', async () => {
    const id = await startOld('listen');
    await world.untilWaiting(id);
    await world.as((tx) => operateInstance(tx, { processInstanceId: id, operation: { type: 'suspend' } }));
    await world.untilStatus(id, 'suspended');
    await world.as((tx) => publishMessage(tx, { name: 'call', timeToLiveMs: 0 }));
    await until(async () => (await world.state(id)).deferred?.length, 1);
    expect(await migrate(id, { mapping: { wait1: 'wait2' } })).toEqual(TAKEN);
    await world.as((tx) => operateInstance(tx, { processInstanceId: id, operation: { type: 'resume' } }));
    await world.untilStatus(id, 'completed');
    expect(await world.completed(id)).toContain('wait2');
  });
});

describe('a migration that is not safe', () => {
  it('is refused with every reason, and changes nothing', async () => {
    const id = await startOld('work');
    await world.untilTask(id, 'do');
    const before = await world.instance(id);
    const missing = { code: 'element-missing', elementId: 'do', message: expect.any(String) };
    expect((await plan(id, {})).problems).toEqual([missing]);
    expect(await migrate(id, {})).toEqual({ code: 'migration-unsafe', errors: [missing] });
    const unknown = { nothing: 'approve', do: 'nowhere' };
    expect(await migrate(id, { mapping: unknown })).toMatchObject({ errors: [{ elementId: 'nothing' }, { elementId: 'nowhere' }] });
    expect(await world.instance(id)).toEqual(before);
  });

  it('has a target that the tenant knows, named in one way', async () => {
    const id = await startOld('work');
    await world.untilTask(id, 'do');
    const targetDefinitionId = versions.get('work 2')!;
    const code = (request: Request) => codeOf(plan(id, request));
    expect(await code({ version: 9 })).toBe('not-found');
    expect(await code({ version: undefined, targetDefinitionId: id })).toBe('not-found');
    expect(await code({ version: undefined, targetDefinitionId: 'work' })).toBe('not-found');
    expect(await code({ version: undefined })).toBe('validation-failed');
    expect(await code({ targetDefinitionId })).toBe('validation-failed');
    expect(await codeOf(plan(id, {}, world.beta))).toBe('not-found');
    const read = await readFiles([{ name: 'work.bpmn', content: work(2) }]);
    const { processDefinitions } = await world.as((tx) => deploy(tx, { read }), world.beta);
    expect(await code({ version: undefined, targetDefinitionId: processDefinitions[0]!.id })).toBe('not-found');
  });
});

describe('a migration and an answer at the same moment', () => {
  it('a completed task is applied before or after it, never lost', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await startOld('work');
      const taskId = await world.untilTask(id, 'do');
      const [outcome] = await Promise.all([migrate(id, { mapping: RENAMED }), world.as((tx) => completeTask(tx, { taskId, actor: mary }))]);
      expect(outcome).toEqual(TAKEN);
      await until(() => world.count(`user_task where id = $1 and state = 'completed'`, taskId), 1);
      await until(
        () => world.count(`job where instance_id = $1 and kind = 'external' and process_definition_id = $2`, id, versions.get('work 2')),
        1,
      );
      expect(['do', 'approve']).toContain((await world.completed(id)).at(-1));
    }
  });

  it('a job’s result is applied before or after it, and refuses it only when there is nothing left to move', async () => {
    for (let round = 0; round < 15; round++) {
      const id = await startOld('work');
      await world.as(async (tx) => completeTask(tx, { taskId: await world.untilTask(id, 'do'), actor: mary }));
      await until(() => world.count(`job where instance_id = $1`, id), 1);
      const [held] = (await world.as((tx) => activateJobs(tx, { type: 'outside', worker: 'w', maxJobs: 100 }))).filter(
        ({ processInstanceId }) => processInstanceId === id,
      );
      const [outcome] = await Promise.all([
        migrate(id, { mapping: RENAMED }),
        world.as((tx) => completeJob(tx, { jobId: held!.id, leaseEpoch: held!.leaseEpoch })),
      ]);
      expect(['taken', 'instance-not-active']).toContain(outcome.code);
      await world.untilStatus(id, 'completed');
      expect((await world.completed(id)).filter((elementId) => ['send', 'deliver'].includes(elementId))).toHaveLength(1);
    }
  });

  it('a message is taken once, under the old name or the new one', async () => {
    for (let round = 0; round < 10; round++) {
      const id = await startOld('listen');
      await world.untilWaiting(id);
      const [outcome] = await Promise.all([
        migrate(id, { mapping: { wait1: 'wait2' } }),
        world.as((tx) => publishMessage(tx, { name: 'call', timeToLiveMs: 0 })),
      ]);
      expect(['taken', 'instance-not-active']).toContain(outcome.code);
      await world.untilStatus(id, 'completed');
      expect(await world.count('message_subscription where instance_id = $1', id)).toBe(0);
    }
  });
});
