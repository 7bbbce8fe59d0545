import { cancelInstance, completeTask, resolveIncident } from '@baton/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  boundary,
  bpmn,
  call,
  END,
  endWith,
  error,
  escalation,
  job,
  onError,
  onEscalation,
  START,
  throwWith,
  timer,
  userTask,
} from './models.js';
import { codeOf, mary, noop, until, World } from './world.js';

// Features: E-11, E-26, M-10, R-04, R-11

const CHILD = bpmn('child', [START, job('work', 'noop'), userTask('answer'), END], 'start > work > answer > end');
const PARENT = bpmn('parent', [START, call('ask', 'child'), END], 'start > ask > end');
const FAILING = bpmn('failing', [START, job('try', 'noop'), endWith('broken', onError('E-7'))], 'start > try > broken', [error('E-7')]);
const CAREFUL = bpmn(
  'careful',
  [START, call('ask', 'failing'), boundary('caught', 'ask', onError('E-7')), END, '<endEvent id="rescued" />'],
  'start > ask > end; caught > rescued',
  [error('E-7')],
);
const ALERTING = bpmn(
  'alerting',
  [START, throwWith('alert', onEscalation('slow')), userTask('answer'), END],
  'start > alert > answer > end',
  [escalation('slow')],
);
const LISTENING = bpmn(
  'listening',
  [START, call('ask', 'alerting'), boundary('told', 'ask', onEscalation('slow'), false), userTask('look'), END, '<endEvent id="looked" />'],
  'start > ask > end; told > look > looked',
  [escalation('slow')],
);
const CARELESS = bpmn('careless', [START, call('ask', 'failing'), END], 'start > ask > end');

let world: World;
beforeAll(async () => {
  world = await World.open(noop);
  world.run([noop]);
  await world.deploy(CHILD, PARENT, FAILING, CAREFUL, CARELESS, ALERTING, LISTENING);
});
afterAll(async () => {
  expect(await world.violations()).toEqual([]);
  await world.close();
  expect(world.troubles).toEqual([]);
});

const childOf = async (parentId: string): Promise<string> => {
  const find = () => world.query<{ id: string }>('select id from process_instance where parent_instance_id = $1', parentId);
  await until(async () => (await find()).length, 1, 10_000);
  return (await find())[0]!.id;
};

it('a called process gets the variables, and its caller goes on with what it gives back', async () => {
  const id = await world.start('parent', { question: 'how much?' });
  const child = await childOf(id);
  const taskId = await world.untilTask(child, 'answer');
  expect((await world.state(child)).scopes[0]!.variables).toEqual({ question: 'how much?' });
  await world.as((tx) => completeTask(tx, { taskId, actor: mary, variables: { answer: 42 } }));
  await world.untilStatus(id, 'completed');
  expect(await world.variables(id)).toEqual({ question: 'how much?', answer: 42 });
});

it('an error that ends the called process is caught where it was called', async () => {
  const id = await world.start('careful');
  await world.untilStatus(id, 'completed');
  expect((await world.completed(id)).at(-1)).toBe('rescued');
  expect((await world.instance(await childOf(id))).status).toBe('terminated');
});

it('an escalation is heard where the process was called, while it goes on', async () => {
  const id = await world.start('listening');
  const child = await childOf(id);
  await world.untilTask(id, 'look');
  const taskId = await world.untilTask(child, 'answer');
  await world.as((tx) => completeTask(tx, { taskId, actor: mary }));
  await world.as(async (tx) => completeTask(tx, { taskId: await world.untilTask(id, 'look'), actor: mary }));
  await world.untilStatus(id, 'completed');
});

it('an error that nobody catches stops the caller with an incident that names it', async () => {
  const id = await world.start('careless');
  const incident = await world.untilIncident(id, 'error-uncaught');
  expect(incident).toMatchObject({ element_id: 'ask' });
  expect(incident.message).toContain('E-7');
});

it('a process that is not there is an incident, until it is deployed and somebody retries', async () => {
  await world.deploy(bpmn('hopeful', [START, call('ask', 'promised'), END], 'start > ask > end'));
  const id = await world.start('hopeful');
  const { id: incidentId } = await world.untilIncident(id, 'process-not-found');
  await world.as((tx) => resolveIncident(tx, { incidentId }));
  // Nothing was changed: the same again, as a new incident.
  await until(() => world.count(`incident where instance_id = $1 and state = 'resolved'`, id), 1);
  const again = await world.untilIncident(id, 'process-not-found');
  expect(again.id).not.toBe(incidentId);

  await world.deploy(bpmn('promised', [START, END], 'start > end'));
  await world.as((tx) => resolveIncident(tx, { incidentId: again.id, by: 'admin' }));
  await world.untilStatus(id, 'completed');
  expect((await world.instance(id)).open_incidents).toBe(0);
  expect(await codeOf(world.as((tx) => resolveIncident(tx, { incidentId: again.id })))).toBe('incident-not-open');
});

it('a process that calls itself without end stops at a depth, and ends as a whole when its root is canceled', async () => {
  await world.deploy(bpmn('russian-doll', [START, call('inner', 'russian-doll'), END], 'start > inner > end'));
  const root = await world.start('russian-doll');
  const dolls = `process_instance i join process_definition d on d.id = i.process_definition_id where d.process_id = 'russian-doll'`;
  await until(() => world.count(`incident where code = 'call-depth-limit'`), 1, 20_000);
  expect(await world.count(dolls)).toBe(51);
  await world.as((tx) => cancelInstance(tx, { processInstanceId: root }));
  await until(() => world.count(`${dolls} and i.status = 'terminated'`), 51, 20_000);
  expect(await world.count(`incident where code = 'call-depth-limit' and state = 'open'`)).toBe(0);
});

it('canceling the caller cancels the called one and withdraws its tasks', async () => {
  const id = await world.start('parent');
  const child = await childOf(id);
  const taskId = await world.untilTask(child, 'answer');
  await world.as((tx) => cancelInstance(tx, { processInstanceId: id }));
  await world.untilStatus(child, 'terminated');
  expect(await world.query('select state from user_task where id = $1', taskId)).toEqual([{ state: 'canceled' }]);
  expect(await world.count('command_refusal where instance_id = $1', id)).toBe(0);
});

it('canceling the called one is an incident of its caller', async () => {
  const id = await world.start('parent');
  const child = await childOf(id);
  await world.untilTask(child, 'answer');
  await world.as((tx) => cancelInstance(tx, { processInstanceId: child, reason: 'not today' }));
  expect((await world.untilIncident(id, 'child-failed')).message).toContain('not today');
});

it('a caller that goes on without it cancels the called one', async () => {
  await world.deploy(
    bpmn(
      'impatient',
      [START, call('ask', 'child'), boundary('enough', 'ask', timer('duration PT1S')), END, '<endEvent id="left" />'],
      'start > ask > end; enough > left',
    ),
  );
  const id = await world.start('impatient');
  const child = await childOf(id);
  await world.untilStatus(id, 'completed');
  await world.untilStatus(child, 'terminated');
});
