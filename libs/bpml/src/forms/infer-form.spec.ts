import { reads } from '@baton/expressions';
import { describe, expect, it } from 'vitest';
import { read } from '../bpmn/fixtures.js';
import { inferForm } from './infer-form.js';
import type { FormSurroundings } from './infer-form.js';
import { kindOfValue } from './kind-of-value.js';
import { titleOf } from './property.js';

// Features: H-08

const flow = (source: string, target: string, condition?: string) =>
  `<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}">${condition === undefined ? '' : `<conditionExpression>${condition.replaceAll('<', '&lt;')}</conditionExpression>`}</sequenceFlow>`;
const fork = (condition: string) =>
  `<exclusiveGateway id="g"/><endEvent id="e1"/><endEvent id="e2"/>${flow('g', 'e1', condition)}${flow('g', 'e2')}`;

async function formOf(process: string, where: string, surroundings?: FormSurroundings) {
  const { processes } = await read(process);
  if (!processes[0]) throw new Error('No process was read.');
  return inferForm(processes[0], where, reads, surroundings);
}

const propertiesOf = async (...parameters: Parameters<typeof formOf>) => (await formOf(...parameters)).schema['properties'];

describe('the form of a user task', () => {
  it.each([
    ['ok', { type: 'boolean' }],
    ['${!ok}', { type: 'boolean' }],
    ['not(ok)', { type: 'boolean' }],
    ['ok and true', { type: 'boolean' }],
    ['ok = false', { type: 'boolean' }],
    ['ok < 10', { type: 'number' }],
    ['10 <= ok', { type: 'number' }],
    ['ok * 2 > other', { type: 'number' }],
    ['${ok == 3}', { type: 'number' }],
    ['ok = "yes"', { type: 'string' }],
    ["${ok == 'yes'}", { type: 'string' }],
  ])('takes the kind of value from its use: %s', async (condition, type) => {
    const form = await formOf(`<startEvent id="s"/><userTask id="t"/>${flow('s', 't')}${flow('t', 'g')}${fork(condition)}`, 't');

    expect(form.schema['properties']).toMatchObject({ ok: { title: 'Ok', ...type } });
    expect(form.schema['required']).toContain('ok');
    expect(form.inferred).toBe(true);
  });

  it('takes a name with signs in it as it is', () => {
    const expression = { language: 'feel' as const, text: 'net+gross (2) > 5' };

    expect(kindOfValue('net+gross (2)', [{ name: 'net+gross (2)', expression, isCondition: true }])).toBe('number');
  });

  it('asks for what the next task is assigned by, without requiring it', async () => {
    const process = `<startEvent id="s"/><userTask id="t"/><userTask id="u" camunda:assignee="\${reviewer}"/>${flow('s', 't')}${flow('t', 'u')}`;

    expect((await formOf(process, 't')).schema).toEqual({
      type: 'object',
      properties: { reviewer: { title: 'Reviewer', type: 'string' } },
    });
    expect(await propertiesOf(process, 'start')).toEqual({});
  });

  it('does not ask for what is written by a step, or known from the start', async () => {
    const script = '<scriptTask id="x" camunda:resultVariable="risk"><script>amount / 2</script></scriptTask>';
    const process = `<startEvent id="s"/>${script}<exclusiveGateway id="h"/><userTask id="t"/>${flow('s', 'x')}${flow('x', 'h')}${flow('h', 't', 'amount < 5')}${flow('t', 'g')}${fork('amount < 9 and risk < 3')}`;

    expect(await propertiesOf(process, 't')).toEqual({});
    expect(await propertiesOf(process, 'start')).toEqual({ amount: { title: 'Amount', type: 'number' } });
  });

  it('stops asking at the next wait', async () => {
    const process = `<startEvent id="s"/><userTask id="t"/><receiveTask id="r"/>${flow('s', 't')}${flow('t', 'r')}${flow('r', 'g')}${fork('paid')}`;

    expect(await propertiesOf(process, 't')).toEqual({});
    expect(await propertiesOf(process, 'start')).toEqual({});
  });

  it('looks through sub-processes, into them and out of them', async () => {
    const inner = `<subProcess id="p1"><startEvent id="i"/><userTask id="t"/>${flow('i', 't')}</subProcess>`;
    const process = `<startEvent id="s"/>${inner}${flow('s', 'p1')}${flow('p1', 'g')}${fork('ok')}`;

    expect(await propertiesOf(process, 't')).toEqual({ ok: { title: 'Ok', type: 'boolean' } });
  });

  it('asks the last task of a called process for what the caller takes back', async () => {
    const caller = await read(
      `<callActivity id="c" calledElement="p"><extensionElements><camunda:in source="order" target="order"/><camunda:out source="cleared" target="done"/><camunda:out source="order" target="order"/></extensionElements></callActivity>${flow('c', 'g')}${fork('done')}`,
    );
    const process = `<startEvent id="s"/><userTask id="a"/><userTask id="b"/>${flow('s', 'a')}${flow('a', 'b')}`;
    const surroundings = { processes: caller.processes };

    expect(await propertiesOf(process, 'b', surroundings)).toEqual({ cleared: { title: 'Cleared', type: 'boolean' } });
    expect(await propertiesOf(process, 'a', surroundings)).toEqual({});
  });

  it('is empty for anything that is not a user task', async () => {
    expect((await formOf('<task id="t"/>', 't')).schema).toEqual({ type: 'object', properties: {} });
    expect((await formOf('<task id="t"/>', 'gone')).schema).toEqual({ type: 'object', properties: {} });
  });
});

describe('the start form', () => {
  it('asks for what decisions, calls and scripts read', async () => {
    const process = `<startEvent id="s" camunda:initiator="who"/><businessRuleTask id="d" camunda:decisionRef="level" camunda:resultVariable="level"/><callActivity id="c" calledElement="x"><extensionElements><camunda:in source="note" target="note"/><camunda:in source="level" target="level"/></extensionElements></callActivity><scriptTask id="x"><script>{ total: price * 2, by: who }</script></scriptTask>${flow('s', 'd')}${flow('d', 'c')}${flow('c', 'x')}`;
    const form = await formOf(process, 'start', {
      decisions: [
        {
          decisionId: 'level',
          inputs: [
            { name: 'amount', type: 'double' },
            { name: 'kind', type: 'string', allowedValues: ['a', 'b'] },
            { name: 'when', type: 'date' },
          ],
        },
        { decisionId: 'other', inputs: [{ name: 'unused' }] },
      ],
    });

    expect(form.schema).toEqual({
      type: 'object',
      properties: {
        amount: { title: 'Amount', type: 'number' },
        kind: { title: 'Kind', type: 'string', enum: ['a', 'b'] },
        when: { title: 'When', type: 'string', format: 'date' },
        note: { title: 'Note', type: 'string' },
        price: { title: 'Price', type: 'number' },
      },
      required: ['amount', 'kind', 'when'],
    });
  });

  it('is the one the file lists, where it lists one', async () => {
    const field = (attributes: string, inner = '') => `<camunda:formField ${attributes}>${inner}</camunda:formField>`;
    const required = '<camunda:validation><camunda:constraint name="required"/></camunda:validation>';
    const process = `<startEvent id="s"><extensionElements><camunda:formData>${field('id="amount" label="How much?" type="long" defaultValue="5"', required)}${field('id="kind" type="enum"', '<camunda:value id="a" name="First"/>')}${field('id="who" type="string" defaultValue="${user}"')}</camunda:formData></extensionElements></startEvent>`;

    expect(await formOf(process, 'start')).toEqual({
      inferred: false,
      schema: {
        type: 'object',
        properties: {
          amount: { title: 'How much?', type: 'integer', default: 5 },
          kind: { title: 'Kind', type: 'string', oneOf: [{ const: 'a', title: 'First' }] },
          who: { title: 'Who', type: 'string' },
        },
        required: ['amount'],
      },
      uiSchema: { 'ui:order': ['amount', 'kind', 'who'] },
    });
  });

  it('carries the limits of a field over', async () => {
    const limits =
      '<camunda:validation><camunda:constraint name="min" config="1"/><camunda:constraint name="max" config="10"/></camunda:validation>';
    const process = `<userTask id="t"><extensionElements><camunda:formData><camunda:formField id="n" type="long">${limits}</camunda:formField></camunda:formData></extensionElements></userTask>`;

    expect(await propertiesOf(process, 't')).toEqual({ n: { title: 'N', type: 'integer', minimum: 1, maximum: 10 } });
  });

  it('does not fall over an expression that no language accepts', async () => {
    expect(
      await propertiesOf(`<startEvent id="s"/><exclusiveGateway id="g"/><task id="t"/>${flow('s', 'g')}${flow('g', 't', 'a +')}`, 'start'),
    ).toEqual({});
  });
});

it.each([
  ['invoiceNumber', 'Invoice number'],
  ['cost_center', 'Cost center'],
  ['amount', 'Amount'],
  ['URL', 'URL'],
  ['übergabeDatum', 'Übergabe datum'],
])('the title of %s is %s', (name, title) => {
  expect(titleOf(name)).toBe(title);
});
