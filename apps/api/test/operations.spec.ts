import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryStep, Page, ProcessInstanceDetail, Started, UserTask } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { approval } from './support/files.js';
import { startWorker } from './support/worker.js';

// Features: P-01, P-10, E-26

const INSTANCES = '/api/v1/process-instances';

let api: TestApi;
let worker: { stop(): Promise<void> };
let operator: string;
let member: string;

beforeAll(async () => {
  api = await TestApi.start();
  worker = await startWorker(api.database);
  operator = await api.token('administrator@acme.demo');
  member = await api.token('requester@acme.demo');
  const deployed = await api.deploy(operator, { 'approval.bpmn': approval() });
  if (deployed.status !== 201) throw new Error(deployed.text);
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
});

const start = async (): Promise<string> => {
  const body = { processId: 'approval', variables: { amount: 1200 } };
  return (await api.ask<Started>('POST', INSTANCES, { token: operator, body, headers: { prefer: 'wait=5' } })).body.id;
};
const operate = (id: string, what: string, body: unknown = {}, { token = operator, headers = {} as Record<string, string> } = {}) =>
  api.ask<Started>('POST', `${INSTANCES}/${id}/${what}`, { token, body, headers });
const detail = async (id: string) => (await api.ask<ProcessInstanceDetail>('GET', `${INSTANCES}/${id}`, { token: operator })).body;
const events = async (id: string) => {
  const history = await api.ask<{ items: HistoryStep[] }>('GET', `${INSTANCES}/${id}/history`, { token: operator });
  return history.body.items.flatMap((step) => step.events);
};

describe('operating an instance', () => {
  it('suspends and resumes it; meanwhile no task of it can be completed', async () => {
    const id = await start();
    const tasks = await api.ask<Page<UserTask>>('GET', `/api/v1/user-tasks?view=all&processInstanceId=${id}`, { token: operator });
    const complete = () => api.ask('POST', `/api/v1/user-tasks/${tasks.body.items[0]!.id}/complete`, { token: operator, body: {} });

    expect(await operate(id, 'suspend', { reason: 'stocktaking' })).toMatchObject({ status: 202, body: { state: 'suspended' } });
    expect(await operate(id, 'suspend')).toMatchObject({ status: 409, body: { code: 'instance-suspended' } });
    expect(await complete()).toMatchObject({ status: 409, body: { code: 'instance-suspended' } });
    expect(await operate(id, 'resume')).toMatchObject({ status: 202, body: { state: 'active' } });
    expect(await operate(id, 'resume')).toMatchObject({ status: 409, body: { code: 'instance-active' } });
    expect((await complete()).status).toBe(200);
    expect(await events(id)).toContainEqual({ type: 'instanceSuspended', by: 'admin', reason: 'stocktaking' });
  });

  it('sets variables, and says who and why', async () => {
    const id = await start();

    expect((await operate(id, 'variables', { variables: { amount: 5 }, reason: 'typo' })).status).toBe(202);
    expect((await detail(id)).variables).toMatchObject({ amount: 5 });
    expect(await events(id)).toContainEqual(expect.objectContaining({ type: 'variablesSet', by: 'admin', reason: 'typo' }));
    expect(await operate(id, 'variables', { variables: {}, scope: 77 })).toMatchObject({ status: 409, body: { code: 'unknown-scope' } });
  });

  it('moves its tokens, or does nothing at all', async () => {
    const id = await start();
    const { key } = (await events(id)).find(({ type }) => type === 'userTaskCreated') as unknown as { key: number };
    const elsewhere = { type: 'activate', elementId: 'nowhere' };

    expect(await operate(id, 'modify', { changes: [{ type: 'terminate', key }, elsewhere] })).toMatchObject({
      status: 409,
      body: { code: 'unknown-element', type: expect.stringMatching(/\/problems\/unknown-element$/) },
    });
    expect(await operate(id, 'modify', { changes: [{ type: 'terminate', key: 999 }] })).toMatchObject({
      status: 409,
      body: { code: 'not-waiting' },
    });
    expect((await detail(id)).state).toBe('active');
    expect(await operate(id, 'modify', { changes: [{ type: 'terminate', key }] })).toMatchObject({
      status: 202,
      body: { state: 'completed' },
    });
  });

  it('is done once for one idempotency key, and refused twice alike', async () => {
    const id = await start();
    const once = { headers: { 'idempotency-key': `suspend-${id}` } };
    const again = { headers: { 'idempotency-key': `again-${id}` } };

    expect(await operate(id, 'suspend', {}, once)).toMatchObject({ status: 202, body: { state: 'suspended' } });
    expect(await operate(id, 'suspend', {}, once)).toMatchObject({ status: 202, body: { state: 'suspended' } });
    for (let turn = 0; turn < 2; turn++)
      expect(await operate(id, 'suspend', {}, again)).toMatchObject({ status: 409, body: { code: 'instance-suspended' } });
    expect((await events(id)).filter(({ type }) => type === 'instanceSuspended')).toHaveLength(1);
  });

  it('is for operators, and for instances that have not ended', async () => {
    const id = await start();
    expect(await operate(id, 'suspend', {}, { token: member })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    await api.ask('POST', `${INSTANCES}/${id}/cancel`, { token: operator, body: {}, headers: { prefer: 'wait=5' } });
    for (const [what, body] of [
      ['suspend', {}],
      ['resume', {}],
      ['variables', { variables: {} }],
      ['modify', { changes: [{ type: 'terminate', key: 1 }] }],
    ] as const) {
      expect(await operate(id, what, body), what).toMatchObject({ status: 409, body: { code: 'instance-not-active' } });
    }
  });

  it('is not possible for another tenant', async () => {
    const id = await start();
    const stranger = await api.token('manager@beta.demo', 'beta');
    const answer = await operate(id, 'suspend', {}, { token: stranger });
    expect([403, 404]).toContain(answer.status);
    expect((await detail(id)).state).toBe('active');
  });
});
