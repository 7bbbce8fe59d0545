import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UserTask } from '@baton/contracts';
import { fold, type Event } from '@baton/engine';
import { JobWorker, type BatonClient } from '@baton/sdk';
import { redisMissing, startRedis, startStack, suite, suiteMissing, type TestRedis, type TestStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Features: E-01, E-03, E-05, E-14, H-01, H-02, H-08, M-10, M-12, T-01

const ARCHIVE = 'vendor:camunda:org.camunda.bpm.example.invoice.service.ArchiveInvoiceService';
const FILES = ['invoice.v2.bpmn', 'reviewInvoice.bpmn', 'invoiceBusinessDecisions.dmn'];
const missing = redisMissing() ?? suiteMissing('invoice');
if (missing) console.log(`skipped: the invoice story over REST: ${missing}`);

/** A vendor's demo process, unchanged, played by three people and a worker over REST only. The doorbell is BullMQ on Redis. */
describe.skipIf(missing)('the invoice story over REST, with Redis', () => {
  let redis: TestRedis;
  let stack: TestStack;
  let requester: BatonClient;
  let john: BatonClient; // sales
  let peter: BatonClient; // accounting
  let archive: JobWorker;
  const archived: string[] = [];

  beforeAll(async () => {
    redis = await startRedis();
    stack = await startStack({ redisUrl: redis.url });
    requester = await stack.client('acme/requester');
    john = await stack.client('acme/sales');
    peter = await stack.client('acme/finance');
    const designer = await stack.client('acme/designer');
    const files = FILES.map((name) => ({ name, content: readFileSync(join(suite('invoice'), name), 'utf8') }));
    await designer.deploy({ files });

    archive = new JobWorker(await stack.client('acme/administrator'), {
      type: ARCHIVE,
      waitMs: 5_000,
      handler: (job) => {
        archived.push(job.effectKey);
        return { archived: true };
      },
    });
    archive.start();
  });
  afterAll(async () => {
    await archive?.stop();
    await stack?.stop();
    await redis?.stop();
  });

  const taskOf = async (person: BatonClient, processInstanceId: string, elementId: string): Promise<UserTask> => {
    const found = async () =>
      (await person.userTasks({ processInstanceId })).items.find((task) => task.elementId === elementId && task.state === 'open');
    await expect.poll(found, { timeout: 15_000, interval: 50 }).toBeDefined();
    return (await found())!;
  };
  const work = async (person: BatonClient, instanceId: string, elementId: string, variables = {}) => {
    const { id } = await taskOf(person, instanceId, elementId);
    await person.claimTask(id);
    await person.completeTask(id, { variables });
  };
  const invoice = { amount: 1200, creditor: 'Great Pizza', invoiceCategory: 'Travel Expenses', invoiceNumber: 'GP-1' };
  const start = async () => {
    const { items } = await requester.processDefinitions({ latest: true, processId: 'invoice' });
    const form = await requester.startForm(items[0]!.id);
    expect(Object.keys(form.schema['properties'] as object).sort()).toEqual([
      'amount',
      'creditor',
      'invoiceCategory',
      'invoiceDocument',
      'invoiceNumber',
    ]);
    return requester.start({ processId: 'invoice', variables: invoice });
  };
  const ended = (id: string) =>
    expect.poll(async () => (await requester.instance(id)).state, { timeout: 15_000, interval: 50 }).toBe('completed');
  const visited = async (id: string) => {
    const { items } = await requester.history(id);
    return items
      .flatMap((step) => step.events as unknown as Event[])
      .flatMap((event) => (event.type === 'elementCompleted' || event.type === 'elementPassed' ? [event.elementId] : []));
  };

  it('lets the decision table name the approvers, and only they see the task', async () => {
    const { id } = await start();
    const task = await taskOf(john, id, 'approveInvoice');

    expect(task.candidateGroups).toEqual(['accounting', 'sales']);
    expect(task.why).toEqual(['candidate-group:sales']);
    expect(Date.parse(task.dueAt!) - Date.parse(task.createdAt)).toBeCloseTo(7 * 86_400_000, -5);
    expect((await (await stack.client('acme/manager')).userTasks({ processInstanceId: id })).items).toEqual([]);
  });

  it('runs from the start to the archive when the invoice is approved', async () => {
    const { id } = await start();
    await work(john, id, 'approveInvoice', { approved: true });
    await work(peter, id, 'prepareBankTransfer');
    await ended(id);

    expect(await visited(id)).toEqual([
      'StartEvent_1',
      'assignApprover',
      'approveInvoice',
      'invoice_approved',
      'prepareBankTransfer',
      'ServiceTask_1',
      'invoiceProcessed',
    ]);
    expect((await requester.instance(id)).variables).toMatchObject({ ...invoice, approved: true, approver: 'john' });
    expect(archived.filter((key) => key.includes(id))).toHaveLength(1);
  });

  it('takes the clarification branch when it is not', async () => {
    const { id } = await start();
    await work(john, id, 'approveInvoice', { approved: false });

    await expect.poll(async () => (await requester.instance(id)).children[0]?.id, { timeout: 15_000 }).toBeDefined();
    const review = (await requester.instance(id)).children[0]!.id;
    await work(requester, review, 'assignReviewer', { reviewer: 'demo' });
    await work(requester, review, 'reviewInvoice', { clarified: true });

    await work(john, id, 'approveInvoice', { approved: true });
    await work(peter, id, 'prepareBankTransfer');
    await ended(id);
    expect(await visited(id)).toContain('reviewSuccessful_gw');
  });

  it('gives a history that folds to the state', async () => {
    const { id } = await start();
    await taskOf(john, id, 'approveInvoice');
    const { items } = await requester.history(id);
    const instance = fold(items.flatMap((step) => step.events as unknown as Event[]));

    expect(instance.scopes[0]?.variables).toEqual((await requester.instance(id)).variables);
    expect(instance.elements.map((element) => element.elementId)).toEqual(['approveInvoice']);
  });

  it('refuses a start with a wrong type, naming the field', async () => {
    await expect(requester.start({ processId: 'invoice', variables: { ...invoice, amount: 'a lot' } })).rejects.toMatchObject({
      status: 422,
      code: 'form-invalid',
      errors: [{ pointer: '/variables/amount' }],
    });
  });
});
