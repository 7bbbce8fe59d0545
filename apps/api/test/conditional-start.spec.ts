import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Deployment, ProcessInstanceDetail, StartedByCondition } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { bpmn, trivial } from './support/files.js';
import { startWorker } from './support/worker.js';

// Features: E-07, P-10

const condition = (id: string, text: string) =>
  `<startEvent id="${id}"><conditionalEventDefinition><condition xsi:type="tFormalExpression">\${${text}}</condition></conditionalEventDefinition></startEvent>`;
const STOCK = bpmn(`
  <process id="stock" isExecutable="true">
    ${condition('low', 'stock &lt; 10')}<sequenceFlow id="f" sourceRef="low" targetRef="end" />
    ${condition('none', 'stock == 0')}<sequenceFlow id="g" sourceRef="none" targetRef="end" />
    <endEvent id="end" />
  </process>`);

let api: TestApi;
let worker: { stop(): Promise<void> };
let admin: string;
let stock: string;
let plain: string;
beforeAll(async () => {
  api = await TestApi.start();
  worker = await startWorker(api.database);
  admin = await api.token('administrator@acme.demo');
  const deployed = await api.deploy(admin, { 'stock.bpmn': STOCK, 'plain.bpmn': trivial('plain') });
  const { processDefinitions } = deployed.body as unknown as Deployment;
  const idOf = (processId: string) => processDefinitions.find((one) => one.processId === processId)!.id;
  [stock, plain] = [idOf('stock'), idOf('plain')];
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
});

const offer = (id: string, variables: object, { token = admin, headers = {} as Record<string, string> } = {}) =>
  api.ask<StartedByCondition>('POST', `/api/v1/process-definitions/${id}/conditional-start`, { token, body: { variables }, headers });
const state = async (id: string) =>
  (await api.ask<ProcessInstanceDetail>('GET', `/api/v1/process-instances/${id}`, { token: admin })).body.state;

describe('a conditional start', () => {
  it('starts an instance at each event whose condition the variables make true', async () => {
    expect((await offer(stock, { stock: 0 })).body.started).toHaveLength(2);
    const [id] = (await offer(stock, { stock: 3 })).body.started;
    await expect.poll(() => state(id!), { timeout: 5_000 }).toBe('completed');
  });

  it('starts none where no condition is true, or nothing is a condition', async () => {
    expect(await offer(stock, { stock: 10 })).toMatchObject({ status: 200, body: { started: [] } });
    expect((await offer(stock, {})).body.started).toEqual([]);
    expect((await offer(plain, { stock: 0 })).body.started).toEqual([]);
  });

  it('starts once for one idempotency key', async () => {
    const once = { headers: { 'idempotency-key': 'low stock' } };
    const { started } = (await offer(stock, { stock: 5 }, once)).body;
    expect(started).toHaveLength(1);
    expect((await offer(stock, { stock: 5 }, once)).body.started).toEqual(started);
  });

  it('is not possible for another tenant', async () => {
    const token = await api.token('manager@beta.demo', 'beta');
    expect(await offer(stock, { stock: 0 }, { token })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});
