import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivatedJobs, Deployment, HistoryStep, MigrationPlan, ProcessInstanceDetail, Started, ThrownSignal } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { desk, trivial } from './support/files.js';
import { startWorker } from './support/worker.js';

// Features: E-13, P-01, P-10

const INSTANCES = '/api/v1/process-instances';

let api: TestApi;
let worker: { stop(): Promise<void> };
let operator: string;
let member: string;
let foreign: string;

beforeAll(async () => {
  api = await TestApi.start();
  worker = await startWorker(api.database);
  operator = await api.token('administrator@acme.demo');
  member = await api.token('requester@acme.demo');
  // Nobody of the other tenant is an operator; here one is, so that it is the tenant that stops them.
  await api.superuser(
    `update membership set roles = array_append(roles, 'operator') where tenant_id = (select id from tenant where key = 'beta')`,
  );
  foreign = await api.token('manager@beta.demo', 'beta');
  for (const file of [desk('serve'), desk('assist')]) {
    const deployed = await api.deploy(operator, { 'desk.bpmn': file });
    if (deployed.status !== 201) throw new Error(deployed.text);
  }
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
});

const NOW = { prefer: 'wait=5' };
const post = <Body = Started>(path: string, body: unknown = {}, { token = operator, headers = {} as Record<string, string> } = {}) =>
  api.ask<Body>('POST', path, { token, body, headers });
/** An instance of version 1. */
const start = async (): Promise<string> => (await post(INSTANCES, { processId: 'desk', version: 1 }, { headers: NOW })).body.id;
const operate = (id: string, what: string, body: unknown = {}, options = {}) => post(`${INSTANCES}/${id}/${what}`, body, options);
const detail = async (id: string) => (await api.ask<ProcessInstanceDetail>('GET', `${INSTANCES}/${id}`, { token: operator })).body;
const events = async (id: string) => {
  const history = await api.ask<{ items: HistoryStep[] }>('GET', `${INSTANCES}/${id}/history`, { token: operator });
  return history.body.items.flatMap((step) => step.events) as unknown as { type: string; key: number; timer: number; elementId: string }[];
};
const passed = async (id: string) => (await events(id)).filter(({ type }) => type === 'elementPassed').map(({ elementId }) => elementId);
const keyOf = async (id: string, elementId: string) =>
  (await events(id)).find((event) => event.type === 'elementActivated' && event.elementId === elementId)!.key;
const refused = (status: number, code: string) => ({ status, body: { code } });

describe('migrating an instance', () => {
  const RENAMED = { version: 2, mapping: { serve: 'assist' } };

  it('moves it to another version', async () => {
    const id = await start();

    expect(await operate(id, 'migration/plan', RENAMED)).toMatchObject({ status: 200, body: { problems: [] } });
    expect((await detail(id)).version).toBe(1);
    expect(await operate(id, 'migration', { ...RENAMED, reason: 'better' })).toMatchObject({ status: 202, body: { state: 'active' } });
    expect((await detail(id)).version).toBe(2);
    expect(await events(id)).toContainEqual(expect.objectContaining({ type: 'instanceMigrated', by: 'admin', reason: 'better' }));
  });

  it('is refused with every reason when it is not safe', async () => {
    const id = await start();
    const errors = [{ code: 'element-missing', elementId: 'serve', message: expect.any(String) }];

    expect((await operate(id, 'migration/plan', { version: 2 })).body as unknown as MigrationPlan).toMatchObject({ problems: errors });
    expect(await operate(id, 'migration', { version: 2 })).toMatchObject({ status: 409, body: { code: 'migration-unsafe', errors } });
    expect((await detail(id)).version).toBe(1);
  });

  it('is done once for one idempotency key, and refused twice alike', async () => {
    const id = await start();
    const once = { headers: { 'idempotency-key': `migrate-${id}` } };
    const bad = { headers: { 'idempotency-key': `unsafe-${id}` } };

    for (let turn = 0; turn < 2; turn++)
      expect(await operate(id, 'migration', { version: 2 }, bad)).toMatchObject({
        status: 409,
        body: { errors: [{ elementId: 'serve' }] },
      });
    for (let turn = 0; turn < 2; turn++) expect((await operate(id, 'migration', RENAMED, once)).status).toBe(202);
    expect((await events(id)).filter(({ type }) => type === 'instanceMigrated')).toHaveLength(1);
    expect(await operate(id, 'migration', { version: 1 }, once)).toMatchObject(refused(422, 'idempotency-mismatch'));
  });

  it('is for operators; what belongs to another tenant is unknown', async () => {
    const id = await start();
    const deployed = await api.deploy(foreign, { 'theirs.bpmn': trivial('theirs') });
    const theirs = (deployed.body as unknown as Deployment).processDefinitions[0]!.id;

    for (const what of ['migration', 'migration/plan']) {
      expect(await operate(id, what, RENAMED, { token: member }), what).toMatchObject(refused(403, 'forbidden'));
      expect(await operate(id, what, RENAMED, { token: foreign }), what).toMatchObject(refused(404, 'not-found'));
      expect(await operate(id, what, { targetDefinitionId: theirs }), what).toMatchObject(refused(404, 'not-found'));
      expect(await operate(id, what, { version: 3 }), what).toMatchObject(refused(404, 'not-found'));
      expect(await operate(id, what, {}), what).toMatchObject(refused(422, 'validation-failed'));
    }
  });

  it('may be done while it is suspended, and not after its end', async () => {
    const id = await start();
    await operate(id, 'suspend');
    expect(await operate(id, 'migration', RENAMED)).toMatchObject({ status: 202, body: { state: 'suspended' } });
    await operate(id, 'cancel', {}, { headers: NOW });
    for (const what of ['migration', 'migration/plan'])
      expect(await operate(id, what, RENAMED), what).toMatchObject(refused(409, 'instance-not-active'));
  });
});

describe('a timer of an instance', () => {
  it('gets another time, and fires at once when that is over', async () => {
    const id = await start();
    const { timer, key } = (await events(id)).find(({ type }) => type === 'timerScheduled')!;
    const body = { timer: timer ?? key, dueAt: '2026-01-01T09:00:00+01:00', reason: 'hurry' };

    expect(await operate(id, 'reschedule-timer', body, { token: member })).toMatchObject(refused(403, 'forbidden'));
    expect(await operate(id, 'reschedule-timer', body, { token: foreign })).toMatchObject(refused(404, 'not-found'));
    expect((await operate(id, 'reschedule-timer', body)).status).toBe(202);
    await expect.poll(() => passed(id), { timeout: 5_000 }).toContain('reminded');
    expect(await operate(id, 'reschedule-timer', body)).toMatchObject(refused(409, 'not-waiting'));
    expect(await events(id)).toContainEqual(expect.objectContaining({ type: 'timerRescheduled', by: 'admin', reason: 'hurry' }));
  });
});

describe('an ad-hoc sub-process', () => {
  it('has its activities started by hand, and is completed by hand', async () => {
    const id = await start();
    const key = await keyOf(id, 'help');

    expect((await operate(id, 'ad-hoc/start', { key, elementIds: ['note', 'call', 'note'] })).status).toBe(202);
    expect((await passed(id)).filter((elementId) => elementId === 'note')).toHaveLength(2);
    expect(await operate(id, 'ad-hoc/start', { key, elementIds: ['nowhere'] })).toMatchObject(refused(409, 'unknown-element'));
    expect(await operate(id, 'ad-hoc/start', { key: 999, elementIds: ['call'] })).toMatchObject(refused(409, 'not-waiting'));
    expect((await operate(id, 'ad-hoc/complete', { key })).status).toBe(202);
    expect(await operate(id, 'ad-hoc/complete', { key })).toMatchObject(refused(409, 'not-waiting'));
  });

  it('starts nothing while its instance is suspended, nor for those who may not', async () => {
    const id = await start();
    const body = { key: await keyOf(id, 'help'), elementIds: ['note'] };
    await operate(id, 'suspend');

    for (const [what, sent] of [
      ['ad-hoc/start', body],
      ['ad-hoc/complete', { key: body.key }],
    ] as const) {
      expect(await operate(id, what, sent), what).toMatchObject(refused(409, 'instance-suspended'));
      expect(await operate(id, what, sent, { token: member }), what).toMatchObject(refused(403, 'forbidden'));
      expect(await operate(id, what, sent, { token: foreign }), what).toMatchObject(refused(404, 'not-found'));
    }
  });

  it('starts once for one idempotency key', async () => {
    const id = await start();
    const once = { headers: { 'idempotency-key': `note-${id}` } };
    const body = { key: await keyOf(id, 'help'), elementIds: ['note'] };

    for (let turn = 0; turn < 2; turn++) expect((await operate(id, 'ad-hoc/start', body, once)).status).toBe(202);
    expect(await passed(id)).toContain('note');
    expect((await passed(id)).filter((elementId) => elementId === 'note')).toHaveLength(1);
  });
});

describe('a signal from outside', () => {
  const SIGNALS = '/api/v1/signals';

  it('reaches everybody who waits, once for one idempotency key', async () => {
    const ids = await Promise.all([start(), start()]);
    const { reached } = (await post<ThrownSignal>(SIGNALS, { name: 'closing' })).body;
    expect(reached).toBeGreaterThanOrEqual(2);
    for (const id of ids) await expect.poll(() => passed(id), { timeout: 5_000 }).toContain('told');

    const once = { headers: { 'idempotency-key': `closing-${ids[0]}` } };
    const answers = [await post(SIGNALS, { name: 'closing' }, once), await post(SIGNALS, { name: 'closing' }, once)];
    expect(answers[0]!.body).toEqual(answers[1]!.body);
    for (const id of ids)
      await expect.poll(async () => (await passed(id)).filter((elementId) => elementId === 'told').length, { timeout: 5_000 }).toBe(2);
  });

  it('starts the latest version of what begins with it', async () => {
    expect(await post(SIGNALS, { name: 'opening' })).toMatchObject({ status: 200, body: { reached: 0, started: 1 } });
    const started = await api.superuser(
      `select d.version, i.started_by from process_instance i join process_definition d on d.id = i.process_definition_id order by i.id desc limit 1`,
    );
    expect(started).toEqual([{ version: 2, started_by: 'admin' }]);
  });

  it('stays with its tenant, and is for operators', async () => {
    expect(await post(SIGNALS, { name: 'opening' }, { token: foreign })).toMatchObject({ status: 200, body: { reached: 0, started: 0 } });
    expect(await post(SIGNALS, { name: 'opening' }, { token: member })).toMatchObject(refused(403, 'forbidden'));
  });

  it('is kept by a suspended instance until it is resumed', async () => {
    const id = await start();
    await operate(id, 'suspend');
    await post(SIGNALS, { name: 'closing' });
    expect(await passed(id)).not.toContain('told');
    await operate(id, 'resume');
    await expect.poll(() => passed(id), { timeout: 5_000 }).toContain('told');
  });
});

describe('an escalation from a job', () => {
  const lease = async () =>
    (await post<ActivatedJobs>('/api/v1/jobs/activate', { type: 'ship', worker: 'w', maxJobs: 100, waitMs: 5_000 })).body.items;

  it('is caught beside the work, which goes on under the same lease', async () => {
    const id = await start();
    const job = (await lease()).find(({ processInstanceId }) => processInstanceId === id)!;
    const path = `/api/v1/jobs/${job.id}`;
    const { leaseEpoch } = job;
    const body = { leaseEpoch, escalationCode: 'late' };

    expect(await post(`${path}/escalation`, { ...body, leaseEpoch: leaseEpoch + 1 })).toMatchObject(refused(409, 'job-lease-lost'));
    expect(await post(`${path}/escalation`, body, { token: member })).toMatchObject(refused(403, 'forbidden'));
    expect(await post(`${path}/escalation`, body, { token: foreign })).toMatchObject(refused(404, 'not-found'));
    const once = { headers: { 'idempotency-key': `late-${id}` } };
    for (let turn = 0; turn < 2; turn++) expect((await post(`${path}/escalation`, body, once)).status).toBe(204);
    expect((await post(`${path}/complete`, { leaseEpoch })).status).toBe(204);
    expect(await post(`${path}/escalation`, body)).toMatchObject(refused(409, 'job-lease-lost'));
    await expect.poll(() => passed(id), { timeout: 5_000 }).toContain('noted');
    expect((await passed(id)).filter((elementId) => elementId === 'noted')).toHaveLength(1);
  });
});
