import { completeTask } from '@baton/runtime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bpmn, decide, END, job, START, userTask } from './models.js';
import { codeOf, mary, noop, World } from './world.js';

// Features: D-01, D-04, M-12, R-13

const PROCESS = (note: string) =>
  bpmn('letter', [START, userTask('write'), END, `<documentation>${note}</documentation>`].reverse(), 'start > write > end');
/** One decision without a table: the text it gives is the version. */
const DECISION = (answer: string) => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="rules" name="rules" namespace="http://baton.test">
  <decision id="discount" name="discount">
    <variable name="discount" />
    <literalExpression><text>"${answer}"</text></literalExpression>
  </decision>
</definitions>`;

let world: World;
beforeAll(async () => {
  world = await World.open(noop);
});
afterAll(() => world.close());

it('gives every new content the next version, and the same content again changes nothing', async () => {
  const first = await world.deploy(PROCESS('one'));
  expect(first).toMatchObject({ created: true, processDefinitions: [{ processId: 'letter', version: 1, latest: true, startable: true }] });
  const again = await world.deploy(PROCESS('one'));
  expect(again).toEqual({ ...first, created: false });
  const second = await world.deploy(PROCESS('two'));
  expect(second.processDefinitions).toMatchObject([{ version: 2 }]);
  const back = await world.deploy(PROCESS('one')); // what was once replaced becomes the newest again
  expect(back).toMatchObject({ created: true, processDefinitions: [{ version: 3, latest: true }] });
});

it('of two deployments at the same moment one is version 1 and the other version 2', async () => {
  for (let round = 0; round < 10; round++) {
    const id = `twins-${round}`;
    const content = (task: string) => bpmn(id, [START, userTask(task), END], `start > ${task} > end`);
    const both = await Promise.all([world.deploy(content('left')), world.deploy(content('right'))]);
    expect(both.map(({ processDefinitions }) => processDefinitions[0]!.version).sort()).toEqual([1, 2]);
  }
});

it('of two deployments of the same content at the same moment one creates it and both get it', async () => {
  const content = bpmn('same', [START, END], 'start > end');
  const both = await Promise.all([world.deploy(content), world.deploy(content)]);
  expect(both.map(({ created }) => created).sort()).toEqual([false, true]);
  expect(both[0]!.id).toBe(both[1]!.id);
});

it('publishes all files or none', async () => {
  const good = bpmn('good', [START, END], 'start > end');
  const bad = bpmn('bad', [START, '<task id="lost" />', END], 'start > end');
  const before = await world.count('deployment');
  expect(await codeOf(world.deploy(good, bad))).toBe('bpmn-invalid');
  expect(await codeOf(world.deploy(good.replace('true', 'false')))).toBe('nothing-to-deploy');
  expect(await world.count('deployment')).toBe(before);
  expect(await world.count(`process_definition where process_id = 'good'`)).toBe(0);
});

it('leaves a running instance on its version', async () => {
  await world.deploy(bpmn('moving', [START, userTask('wait'), END], 'start > wait > end'));
  const old = await world.start('moving');
  const taskId = await world.untilTask(old, 'wait');
  await world.deploy(bpmn('moving', [START, userTask('wait'), job('more', 'noop'), END], 'start > wait > more > end'));
  const young = await world.start('moving');
  const youngTask = await world.untilTask(young, 'wait');
  for (const id of [taskId, youngTask]) await world.as((tx) => completeTask(tx, { taskId: id, actor: mary }));
  await world.untilStatus(old, 'completed');
  await world.untilStatus(young, 'completed');
  expect(await world.completed(old)).not.toContain('more');
  expect(await world.completed(young)).toContain('more');
});

it('a decision deployed anew is what a running process uses next', async () => {
  const pricing = bpmn('pricing', [START, userTask('ask'), decide('rule', 'discount', 'discount'), END], 'start > ask > rule > end');
  await world.deploy(pricing, DECISION('none'));
  const ids = [await world.start('pricing'), await world.start('pricing')];
  const tasks = [await world.untilTask(ids[0]!, 'ask'), await world.untilTask(ids[1]!, 'ask')];
  const finish = async (at: number) => {
    await world.as((tx) => completeTask(tx, { taskId: tasks[at]!, actor: mary }));
    await world.untilStatus(ids[at]!, 'completed');
    return (await world.variables(ids[at]!))['discount'];
  };
  expect(await finish(0)).toBe('none');
  expect((await world.deploy(DECISION('ten percent'))).decisionDefinitions).toMatchObject([{ decisionId: 'discount', version: 2 }]);
  expect(await finish(1)).toBe('ten percent');
});
