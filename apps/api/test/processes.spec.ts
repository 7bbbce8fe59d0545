import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActivatedJobs, Form, HistoryStep, Page, ProcessInstance, ProcessInstanceDetail, Started, UserTask } from '@baton/contracts';
import { TestApi } from './support/api.js';
import { approval } from './support/files.js';
import { startWorker } from './support/worker.js';

// Features: P-01, H-10, C-20

const INSTANCES = '/api/v1/process-instances';
const TASKS = '/api/v1/user-tasks';

let api: TestApi;
let worker: { stop(): Promise<void> };
const people: Record<'requester' | 'manager' | 'finance' | 'administrator' | 'designer' | 'stranger', string> = {} as never;

beforeAll(async () => {
  api = await TestApi.start();
  worker = await startWorker(api.database);
  for (const who of ['requester', 'manager', 'finance', 'administrator', 'designer'] as const)
    people[who] = await api.token(`${who}@acme.demo`);
  people.stranger = await api.token('manager@beta.demo', 'beta');
  const deployed = await api.deploy(people.designer, { 'approval.bpmn': approval() });
  if (deployed.status !== 201) throw new Error(deployed.text);
});
afterAll(async () => {
  await api?.stop();
  await worker?.stop();
});

const start = (variables: object = { amount: 1200 }, headers: Record<string, string> = { prefer: 'wait=5' }) =>
  api.ask<Started>('POST', INSTANCES, { token: people.requester, body: { processId: 'approval', variables }, headers });

const taskOf = async (instanceId: string): Promise<UserTask> => {
  const page = await api.ask<Page<UserTask>>('GET', `${TASKS}?view=all&processInstanceId=${instanceId}`, { token: people.administrator });
  return page.body.items[0]!;
};

const newTask = async (): Promise<UserTask> => taskOf((await start()).body.id);

const act = (token: string, task: UserTask, verb: string, body: unknown = {}, headers: Record<string, string> = {}) =>
  api.ask<UserTask>('POST', `${TASKS}/${task.id}/${verb}`, { token, body, headers });

const detail = (id: string) => api.ask<ProcessInstanceDetail>('GET', `${INSTANCES}/${id}`, { token: people.requester });

async function until<Value>(look: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  for (let turn = 0; ; turn += 1) {
    const value = await look();
    if (good(value) || turn === 100) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('an instance', () => {
  it('goes from the start through task, job and message to its end', async () => {
    const started = await start();
    expect(started).toMatchObject({ status: 201, body: { state: 'active' } });

    const task = await taskOf(started.body.id);
    expect((await act(people.manager, task, 'claim')).body).toMatchObject({ assignee: 'mary', why: expect.arrayContaining(['assignee']) });
    const completed = await act(people.manager, task, 'complete', { variables: { approved: true } }, { prefer: 'wait=5' });
    expect(completed.body).toMatchObject({ state: 'completed' });

    const jobs = await api.ask<ActivatedJobs>('POST', '/api/v1/jobs/activate', {
      token: people.administrator,
      body: { type: 'archive', worker: 'w1', waitMs: 5000 },
    });
    const [job] = jobs.body.items;
    expect(job).toMatchObject({ type: 'archive', elementId: 'archive', variables: { amount: 1200, approved: true }, leaseEpoch: 1 });
    const hand = (leaseEpoch: number) =>
      api.ask('POST', `/api/v1/jobs/${job!.id}/complete`, {
        token: people.administrator,
        body: { leaseEpoch, variables: { archived: true } },
      });
    expect(await hand(7)).toMatchObject({ status: 409, body: { code: 'job-lease-lost' } });
    expect((await hand(job!.leaseEpoch)).status).toBe(204);
    expect(await hand(job!.leaseEpoch)).toMatchObject({ status: 409, body: { code: 'job-lease-lost' } });

    const published = await api.ask('POST', '/api/v1/messages', {
      token: people.administrator,
      body: { name: 'paid', timeToLiveMs: 10_000, variables: { paid: true } },
    });
    expect(published.status).toBe(200);
    const ended = await until(
      () => detail(started.body.id),
      ({ body }) => body.state === 'completed',
    );
    expect(ended.body).toMatchObject({ state: 'completed', startedBy: 'demo', endedAt: expect.any(String), openIncidents: 0 });

    const history = await api.ask<{ items: HistoryStep[] }>('GET', `${INSTANCES}/${started.body.id}/history`, { token: people.requester });
    const events = history.body.items.flatMap((step) => step.events);
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['instanceStarted', 'routeChosen', 'jobCreated', 'messageCorrelated', 'instanceCompleted']),
    );
    const later = await api.ask<{ items: HistoryStep[] }>(
      'GET',
      `${INSTANCES}/${started.body.id}/history?after=${history.body.items[0]!.firstSequence}`,
      {
        token: people.requester,
      },
    );
    expect(later.body.items).toEqual(history.body.items.slice(1));
  });

  it('is refused with a wrong type, naming the field (52)', async () => {
    expect(await start({ amount: 'abc' })).toMatchObject({
      status: 422,
      body: { code: 'form-invalid', errors: [{ pointer: '/variables/amount' }] },
    });
  });

  it('is canceled by operators only, and once', async () => {
    const { body } = await start();
    const cancel = (token: string) =>
      api.ask<Started>('POST', `${INSTANCES}/${body.id}/cancel`, { token, body: { reason: 'test' }, headers: { prefer: 'wait=5' } });

    expect(await cancel(people.requester)).toMatchObject({ status: 403 });
    expect(await cancel(people.administrator)).toMatchObject({ status: 202, body: { state: 'terminated' } });
    expect(await cancel(people.administrator)).toMatchObject({ status: 409, body: { code: 'instance-not-active' } });
  });

  it('is listed by state, newest first, page by page', async () => {
    const ids = [(await start()).body.id, (await start()).body.id];
    const first = await api.ask<Page<ProcessInstance>>('GET', `${INSTANCES}?state=active&limit=1`, { token: people.requester });
    const second = await api.ask<Page<ProcessInstance>>('GET', `${INSTANCES}?state=active&limit=1&cursor=${first.body.nextCursor}`, {
      token: people.requester,
    });

    expect([first.body.items[0]?.id, second.body.items[0]?.id]).toEqual(ids.toReversed());
  });
});

describe('a user task', () => {
  it('is in the inbox of its candidates and of nobody else', async () => {
    const task = await newTask();
    const sees = async (token: string, view: string) => {
      const page = await api.ask<Page<UserTask>>('GET', `${TASKS}?view=${view}&limit=200`, { token });
      return page.body.items.find(({ id }) => id === task.id)?.why;
    };

    expect(await sees(people.manager, 'inbox')).toEqual(['candidate-group:management']);
    expect(await sees(people.manager, 'mine')).toBeUndefined();
    expect(await sees(people.requester, 'inbox')).toBeUndefined();
    expect((await api.ask('GET', `${TASKS}/${task.id}`, { token: people.requester })).status).toBe(403);
    expect((await api.ask<UserTask>('GET', `${TASKS}/${task.id}`, { token: people.manager })).body.documentation).toBe('Look twice.');
  });

  it('has a form with the data it sees, and refuses a wrong type', async () => {
    const task = await newTask();
    const form = await api.ask<Form>('GET', `${TASKS}/${task.id}/form`, { token: people.manager });

    expect(form.body).toMatchObject({ inferred: true, schema: { properties: { approved: { type: 'boolean' } } }, data: { amount: 1200 } });
    expect(await act(people.manager, task, 'complete', { variables: { approved: 'yes' } })).toMatchObject({
      status: 422,
      body: { code: 'form-invalid' },
    });
    expect((await taskOf(task.processInstanceId)).state).toBe('open');
  });

  it('of another tenant cannot be told from one that does not exist (34)', async () => {
    const task = await newTask();
    const calls: [string, string, unknown?][] = [
      ['GET', ''],
      ['GET', '/form'],
      ['POST', '/claim', {}],
      ['POST', '/release', {}],
      ['POST', '/complete', { variables: {} }],
    ];
    for (const [method, verb, body] of calls) {
      const answers = await Promise.all(
        [task.id, crypto.randomUUID(), 'no-id'].map((id) =>
          api.ask(method, `${TASKS}/${id}${verb}`, { token: people.stranger, ...(body !== undefined && { body }) }),
        ),
      );
      const bodies = answers.map(({ status, body }) => ({ answered: status, ...body, traceId: '', instance: '' }));
      expect(bodies[0]).toMatchObject({ answered: 404, code: 'not-found' });
      expect(bodies[1]).toEqual(bodies[0]);
      expect(bodies[2]).toEqual(bodies[0]);
    }
  });

  it('is completed once (48)', async () => {
    const task = await newTask();

    expect((await act(people.manager, task, 'complete', { variables: { approved: false } })).status).toBe(200);
    expect(await act(people.manager, task, 'complete', { variables: { approved: false } })).toMatchObject({
      status: 409,
      body: { code: 'task-not-open' },
    });
    expect(await act(people.manager, task, 'claim')).toMatchObject({ status: 409, body: { code: 'task-not-open' } });
  });

  it('is not for those who are no candidates (48)', async () => {
    const task = await newTask();

    expect(await act(people.finance, task, 'claim')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await act(people.finance, task, 'complete', { variables: {} })).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('goes to one of two who reach for it at once', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const task = await newTask();
      const answers = await Promise.all([act(people.manager, task, 'claim'), act(people.administrator, task, 'claim')]);

      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(answers.find(({ status }) => status === 409)?.body.code).toBe('task-claimed');
    }
  });

  it('goes back to its candidates when released', async () => {
    const task = await newTask();
    await act(people.manager, task, 'claim');

    expect((await act(people.manager, task, 'release', {}, { prefer: 'wait=5' })).body.assignee).toBeNull();
    expect((await act(people.administrator, task, 'claim')).status).toBe(200);
  });
});

describe('an idempotency key', () => {
  it('gives the same answer and no second effect', async () => {
    const key = crypto.randomUUID();
    const first = await start({ amount: 5 }, { 'idempotency-key': key });
    const second = await start({ amount: 5 }, { 'idempotency-key': key });

    expect(second).toMatchObject({ status: 201, text: first.text });
  });

  it('belongs to one request (46)', async () => {
    const key = crypto.randomUUID();
    await start({ amount: 5 }, { 'idempotency-key': key });

    expect(await start({ amount: 6 }, { 'idempotency-key': key })).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } });
  });

  it('lets one of many at once through, and tells the others that it runs (46)', async () => {
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => start({ amount: 5 }, { 'idempotency-key': key })));
    const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id));

    expect(ids.size).toBe(1);
    for (const { status, body } of answers)
      if (status !== 201) expect({ status, code: body.code }).toEqual({ status: 409, code: 'idempotency-in-flight' });
  });

  it('keeps no refusal: the same request may succeed later', async () => {
    const task = await newTask();
    const key = { 'idempotency-key': crypto.randomUUID() };
    await act(people.administrator, task, 'claim');
    expect((await act(people.manager, task, 'complete', { variables: {} }, key)).status).toBe(409);
    await act(people.administrator, task, 'release');

    expect((await act(people.manager, task, 'complete', { variables: {} }, key)).status).toBe(200);
  });
});
