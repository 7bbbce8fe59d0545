import { publishMessage } from '@baton/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boundary, bpmn, END, job, message, onMessage, onSignal, signal, START, startOn, throwWith, userTask, waitFor } from './models.js';
import { noop, until, World } from './world.js';

// Features: E-07, E-11, R-11

const ROOTS = [signal('closing'), message('go')];
/** Waits for a message, then throws. */
const THROWER = bpmn('thrower', [START, throwWith('shout', onSignal('closing')), END], 'start > shout > end', ROOTS);
const LISTENER = bpmn('listener', [START, waitFor('hear', onSignal('closing')), END], 'start > hear > end', ROOTS);
const ALARM = bpmn('alarm', [startOn('on', onSignal('closing')), END], 'on > end', ROOTS);
/** Every signal makes a job beside the task; the task goes on. */
const COUNTER = bpmn(
  'counter',
  [START, userTask('stay'), boundary('each', 'stay', onSignal('tick'), false), job('count', 'noop'), '<endEvent id="counted" />', END],
  'start > stay > end; each > count > counted',
  [signal('tick')],
);
/** Both in one step: the branch drawn first listens before the other throws. */
const ITSELF = bpmn(
  'itself',
  [START, '<parallelGateway id="fork" />', waitFor('hear', onSignal('own')), throwWith('shout', onSignal('own')), END],
  'start > fork > hear > end; fork > shout > end',
  [signal('own')],
);
const TOO_LATE = bpmn(
  'too-late',
  [START, '<parallelGateway id="fork" />', throwWith('shout', onSignal('early')), waitFor('hear', onSignal('early')), END],
  'start > fork > shout > end; fork > hear > end',
  [signal('early')],
);
const TICKER = bpmn('ticker', [startOn('on', onMessage('go')), throwWith('tick', onSignal('tick')), END], 'on > tick > end', [
  signal('tick'),
  message('go'),
]);

let world: World;
beforeAll(async () => {
  world = await World.open(noop);
  world.run([noop]);
  await world.deploy(THROWER, LISTENER, ALARM, COUNTER, ITSELF, TOO_LATE, TICKER);
});
afterAll(async () => {
  expect(await world.violations()).toEqual([]);
  await world.close();
  expect(world.troubles).toEqual([]);
});

const listening = (instanceId: string) => world.count('signal_subscription where instance_id = $1', instanceId);
const ofProcess = (processId: string) =>
  world.count('process_instance i join process_definition d on d.id = i.process_definition_id where d.process_id = $1', processId);

it('a signal reaches everyone who waits, and starts what it starts, once each', async () => {
  const listeners = await Promise.all(Array.from({ length: 20 }, () => world.start('listener')));
  for (const id of listeners) await until(() => listening(id), 1);
  const thrower = await world.start('thrower');
  await world.untilStatus(thrower, 'completed');
  for (const id of listeners) await world.untilStatus(id, 'completed');
  await until(() => ofProcess('alarm'), 1);
  expect(await world.count('signal_subscription where signal_name = $1 and instance_id is not null', 'closing')).toBe(0);
  expect(await world.count('command_refusal')).toBe(0);
});

it('is not kept: who comes later waits for the next one', async () => {
  const late = await world.start('listener');
  await until(() => listening(late), 1);
  expect((await world.instance(late)).status).toBe('active');
  await world.start('thrower');
  await world.untilStatus(late, 'completed');
});

it('reaches its own instance where that was waiting already, not where it waits later', async () => {
  await world.untilStatus(await world.start('itself'), 'completed');
  const late = await world.start('too-late');
  await until(() => listening(late), 1);
  expect((await world.completed(late)).filter((elementId) => elementId === 'hear')).toEqual([]);
});

it('of many thrown at once, one that does not interrupt hears every one', async () => {
  const id = await world.start('counter');
  await world.untilTask(id, 'stay');
  const thrown = Array.from({ length: 25 }, () => world.as((tx) => publishMessage(tx, { name: 'go', timeToLiveMs: 60_000 })));
  await Promise.all(thrown);
  await until(async () => (await world.completed(id)).filter((elementId) => elementId === 'count').length, 25, 20_000);
  expect(await listening(id)).toBe(1);
  expect(await world.count('command_refusal where instance_id = $1', id)).toBe(0);
});

it('stays with its tenant', async () => {
  expect(await world.count('process_instance where tenant_id = $1', world.beta)).toBe(0);
  expect(await world.count('signal_subscription where tenant_id = $1', world.beta)).toBe(0);
});
