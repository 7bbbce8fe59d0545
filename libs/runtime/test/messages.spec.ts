import { setTimeout as sleep } from 'node:timers/promises';
import { publishMessage, type PublishMessage } from '@baton/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bpmn, END, message, onMessage, START, startOn, userTask, waiter, waitFor } from './models.js';
import { noop, until, World } from './world.js';

// Features: E-04, E-11, E-19, M-18, R-08

const TERMINATE = (id: string) => `<endEvent id="${id}"><terminateEventDefinition /></endEvent>`;

let world: World;
beforeAll(async () => {
  // Two workers: one of them pairs, the other must not pair again.
  world = await World.open(noop);
  world.run([noop]);
  await world.deploy(waiter('buyer', 'paid'));
});
afterAll(async () => {
  expect(await world.violations()).toEqual([]);
  await world.close();
  expect(world.troubles).toEqual([]);
});

const publish = (request: PublishMessage, tenantId?: string) => world.as((tx) => publishMessage(tx, request), tenantId);
const instancesOf = (processId: string) =>
  world.query<{ id: string; status: string; business_key: string | null }>(
    `select i.id, i.status, i.business_key from process_instance i join process_definition d on d.id = i.process_definition_id
     where d.process_id = $1`,
    processId,
  );

it('a message that comes before anybody waits for it is kept for its time to live', async () => {
  await publish({ name: 'paid', correlationKey: 'early', timeToLiveMs: 60_000, variables: { amount: 7 } });
  const id = await world.start('buyer', { order: 'early' });
  await world.untilStatus(id, 'completed');
  expect(await world.variables(id)).toEqual({ order: 'early', amount: 7 });
});

it('a message without a time to live reaches who waits already, and is forgotten', async () => {
  const id = await world.start('buyer', { order: 'waiting' });
  await world.untilWaiting(id);
  await publish({ name: 'paid', correlationKey: 'waiting' });
  await world.untilStatus(id, 'completed');
  await until(() => world.count(`message where correlation_key = 'waiting'`), 0);
});

it('a message with another key or of another tenant reaches nobody', async () => {
  const id = await world.start('buyer', { order: 'mine' });
  await world.untilWaiting(id);
  await publish({ name: 'paid', correlationKey: 'yours', timeToLiveMs: 60_000 });
  await publish({ name: 'paid', timeToLiveMs: 60_000 });
  await publish({ name: 'paid', correlationKey: 'mine', timeToLiveMs: 60_000 }, world.beta);
  await sleep(300);
  expect((await world.instance(id)).status).toBe('active');
  expect(await world.count('message_correlation where instance_id = $1', id)).toBe(0);
});

it('the same message id again is the same message: it reaches a process once', async () => {
  const request = { name: 'paid', correlationKey: 'twice', messageId: 'receipt-1', timeToLiveMs: 60_000 };
  const [first, second] = await Promise.all([publish(request), publish(request)]);
  expect(second).toEqual(first);
  expect(await publish(request)).toEqual(first);
  const waiting = [await world.start('buyer', { order: 'twice' }), await world.start('buyer', { order: 'twice' })];
  const statuses = async () => (await Promise.all(waiting.map((id) => world.instance(id)))).map(({ status }) => status).sort();
  await until(statuses, ['active', 'completed']);
  await sleep(300);
  expect(await statuses()).toEqual(['active', 'completed']);
});

it('a message starts a process that begins with it, once, under its key', async () => {
  await world.deploy(
    bpmn('ordered', [startOn('order', onMessage('new-order')), userTask('pack'), END], 'order > pack > end', [message('new-order')]),
  );
  const request = { name: 'new-order', correlationKey: 'A-1', messageId: 'shop-1', timeToLiveMs: 60_000, variables: { items: 3 } };
  await publish(request);
  await publish(request);
  await until(async () => (await instancesOf('ordered')).map(({ status }) => status), ['active']);
  const [started] = await instancesOf('ordered');
  expect(started!.business_key).toBe('A-1');
  expect(await world.variables(started!.id)).toEqual({ items: 3 });
});

it('a message starts the latest version only', async () => {
  const start = [startOn('order', onMessage('go')), END];
  await world.deploy(bpmn('versions', start, 'order > end', [message('go')]));
  await world.deploy(bpmn('versions', [...start, '<task id="more" />'], 'order > more > end', [message('go')]));
  await publish({ name: 'go' });
  await until(async () => (await instancesOf('versions')).map(({ status }) => status), ['completed']);
  const [started] = await instancesOf('versions');
  expect(await world.completed(started!.id)).toEqual(['order', 'more', 'end']);
});

it('a message and a subscription that appear at the same moment always meet, and once', async () => {
  const orders = Array.from({ length: 50 }, (_, n) => `moment-${n}`);
  const ids = await Promise.all(
    orders.map(async (order) => {
      const [id] = await Promise.all([
        world.start('buyer', { order }),
        sleep(Math.random() * 12).then(() => publish({ name: 'paid', correlationKey: order, timeToLiveMs: 60_000 })),
      ]);
      return id;
    }),
  );
  for (const id of ids) await world.untilStatus(id, 'completed');
  expect(await world.count('message_correlation where instance_id = any ($1)', ids)).toBe(50);
  const met = await Promise.all(ids.map(async (id) => (await world.events(id)).filter(({ type }) => type === 'messageCorrelated').length));
  expect(new Set(met)).toEqual(new Set([1]));
});

it('an expired message is forgotten and reaches nobody', async () => {
  await publish({ name: 'paid', correlationKey: 'stale', timeToLiveMs: 50 });
  await until(() => world.count(`message where correlation_key = 'stale'`), 0, 3_000);
  expect(await world.count(`job where kind = 'message' and run_at <= now()`)).toBe(0);
  const id = await world.start('buyer', { order: 'stale' });
  await world.untilWaiting(id);
  await sleep(200);
  expect((await world.instance(id)).status).toBe('active');
});

it('a process tells another: what a send task sends, a receive task gets', async () => {
  const root = message('hello', 'who');
  await world.deploy(bpmn('listener', [START, '<receiveTask id="hear" messageRef="message-hello" />', END], 'start > hear > end', [root]));
  await world.deploy(bpmn('speaker', [START, '<sendTask id="say" messageRef="message-hello" />', END], 'start > say > end', [root]));
  const before = await world.start('listener', { who: 'anna' });
  await world.untilWaiting(before);
  await world.untilStatus(await world.start('speaker', { who: 'anna' }), 'completed');
  await world.untilStatus(before, 'completed');
  // Sent first, awaited later: it waits, as any message does.
  await world.untilStatus(await world.start('speaker', { who: 'bert' }), 'completed');
  await world.untilStatus(await world.start('listener', { who: 'bert' }), 'completed');
});

it('two messages that exclude each other do not block their instance: one counts, the other is on record', async () => {
  await world.deploy(
    bpmn(
      'either',
      [
        START,
        '<parallelGateway id="fork" />',
        waitFor('yes', onMessage('yes')),
        waitFor('no', onMessage('no')),
        TERMINATE('agreed'),
        TERMINATE('declined'),
      ],
      'start > fork > yes > agreed; fork > no > declined',
      [message('yes', 'order'), message('no', 'order')],
    ),
  );
  for (const name of ['yes', 'no']) await publish({ name, correlationKey: 'both', timeToLiveMs: 60_000 });
  const id = await world.start('either', { order: 'both' });
  await world.untilStatus(id, 'completed');
  expect(await world.count('message_subscription where instance_id = $1', id)).toBe(0);
});

it('a key that is too long for a business key still starts a process', async () => {
  await publish({ name: 'new-order', correlationKey: 'k'.repeat(400) });
  await until(async () => (await instancesOf('ordered')).length, 2);
});
