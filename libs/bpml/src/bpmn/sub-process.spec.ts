import { describe, expect, it } from 'vitest';
import { readBpmn } from './read-bpmn.js';
import { file, read, readElementOf } from './fixtures.js';

// Features: M-01, E-02

const feel = (text: string) => ({ language: 'feel', text });
const literal = (text: string) => ({ language: 'literal', text });

describe('sub-processes', () => {
  it.each([
    ['an event sub-process', '<subProcess id="x" triggeredByEvent="true"/>', { triggeredByEvent: true }],
    ['a transaction', '<transaction id="x"/>', { transaction: true }],
    ['an ad hoc sub-process', '<adHocSubProcess id="x"/>', { adHoc: { ordering: 'parallel', cancelRemaining: true } }],
    [
      'an ad hoc sub-process in sequence, until a condition',
      '<adHocSubProcess id="x" ordering="Sequential" cancelRemainingInstances="false"><completionCondition>done</completionCondition></adHocSubProcess>',
      { adHoc: { ordering: 'sequential', completionCondition: feel('done'), cancelRemaining: false } },
    ],
    [
      'an ad hoc sub-process that starts what a list names',
      '<adHocSubProcess id="x"><extensionElements><zeebe:adHoc activeElementsCollection="= chosen"/></extensionElements></adHocSubProcess>',
      { adHoc: { ordering: 'parallel', cancelRemaining: true, activeElements: feel('chosen') } },
    ],
    [
      'its own variables',
      '<subProcess id="x"><property id="p1" name="total"/><property id="p2"/></subProcess>',
      { properties: ['total', 'p2'] },
    ],
    ['what undoes another', '<subProcess id="x" isForCompensation="true"/>', { isForCompensation: true }],
  ])('%s', async (_what, xml, model) => {
    const { element, issues } = await readElementOf(xml, 'x');

    expect(element).toEqual({ kind: 'subProcess', id: 'x', ...model });
    expect(issues).toEqual([]);
  });
});

describe('activities', () => {
  it.each([
    ['several tokens in and out', '<task id="x" startQuantity="2" completionQuantity="3"/>', { startQuantity: 2, completionQuantity: 3 }],
    [
      'an instantiating receive task',
      '<receiveTask id="x" instantiate="true" messageRef="m"/>',
      { instantiate: true, message: { name: literal('Paid') } },
    ],
  ])('%s', async (_what, xml, model) => {
    const { element, issues } = await readElementOf(xml, 'x', '<message id="m" name="Paid"/>');

    expect(element).toMatchObject(model);
    expect(issues).toEqual([]);
  });

  it('tied to a compensation event undoes, marked so or not', async () => {
    const { element, issues } = await readElementOf(
      '<task id="t"/><boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent><task id="x"/><association id="a" sourceRef="b" targetRef="x"/>',
      'x',
    );

    expect(element).toEqual({ kind: 'task', id: 'x', isForCompensation: true });
    expect(issues).toMatchObject([{ severity: 'info', code: 'compensation-assumed', elementId: 'x' }]);
  });
});

describe('gateways', () => {
  it.each([
    ['inclusive', '<inclusiveGateway id="x" default="f"/>', { kind: 'inclusiveGateway', defaultFlow: 'f' }],
    [
      'complex',
      '<complexGateway id="x" default="f"><activationCondition>activationCount >= 2</activationCondition></complexGateway>',
      { kind: 'complexGateway', defaultFlow: 'f', activationCondition: feel('activationCount >= 2') },
    ],
    ['event-based', '<eventBasedGateway id="x"/>', { kind: 'eventBasedGateway' }],
    ['event-based, starting', '<eventBasedGateway id="x" instantiate="true"/>', { kind: 'eventBasedGateway', instantiate: true }],
    [
      'event-based, starting and needing all',
      '<eventBasedGateway id="x" instantiate="true" eventGatewayType="Parallel"/>',
      { kind: 'eventBasedGateway', instantiate: true, parallel: true },
    ],
  ])('%s', async (_what, xml, model) => {
    const { element, issues } = await readElementOf(`${xml}<task id="t"/><sequenceFlow id="f" sourceRef="x" targetRef="t"/>`, 'x');

    expect(element).toEqual({ id: 'x', ...model });
    expect(issues).toEqual([]);
  });
});

describe('global tasks', () => {
  const globals =
    '<globalTask id="g1"/><globalManualTask id="g2"/><globalUserTask id="g3" name="Sign" camunda:assignee="ann"/><globalScriptTask id="g4"><script>{ a: 1 }</script></globalScriptTask><globalBusinessRuleTask id="g5" camunda:decisionRef="d"/>';

  it('are processes of one task each, beside those of the file', async () => {
    const { globalTasks, processes, issues } = await read('<callActivity id="c" calledElement="g3"/>', globals);

    expect(processes.map(({ id }) => id)).toEqual(['p']);
    expect(
      globalTasks.map(({ id, executable, elements }) => [id, executable, elements.map(({ id: inner, kind }) => [inner, kind])]),
    ).toEqual([
      ['g1', true, [['g1', 'task']]],
      ['g2', true, [['g2', 'manualTask']]],
      ['g3', true, [['g3', 'userTask']]],
      ['g4', true, [['g4', 'scriptTask']]],
      ['g5', true, [['g5', 'businessRuleTask']]],
    ]);
    expect(globalTasks[2]).toMatchObject({ name: 'Sign', elements: [{ name: 'Sign', assignee: literal('ann') }] });
    expect(processes[0]?.elements[0]).toMatchObject({ called: { type: 'process', processId: literal('g3') } });
    expect(issues).toEqual([]);
  });

  it('need an id', async () => {
    await expect(readBpmn(file('', '<globalTask/>'), { fileName: 'a.bpmn' })).rejects.toMatchObject({ code: 'bpmn-invalid-id' });
  });
});
