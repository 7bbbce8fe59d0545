import { describe, expect, it } from 'vitest';
import { read, readElementOf } from './fixtures.js';

// Features: M-01

const feel = (text: string) => ({ language: 'feel', text });
const association = (kind: 'Input' | 'Output', sources: readonly string[], target: string, inner = '') =>
  `<data${kind}Association>${sources.map((source) => `<sourceRef>${source}</sourceRef>`).join('')}<targetRef>${target}</targetRef>${inner}</data${kind}Association>`;
const DATA =
  '<dataObject id="d1" name="order"/><dataObject id="d2"/><dataObjectReference id="r2" dataObjectRef="d2" name="invoice"/><dataObjectReference id="r3" dataObjectRef="d2" name="Invoice (paid)"/><dataObject id="d-3" name="Not a name"/><dataStoreReference id="s1" name="ledger"/>';
const IO =
  '<ioSpecification><dataInput id="i1" name="order"/><dataInput id="i2" name="bill"/><dataOutput id="o1" name="order"/><dataOutput id="o2" name="receipt"/><inputSet><dataInputRefs>i1</dataInputRefs><dataInputRefs>i2</dataInputRefs><optionalInputRefs>i2</optionalInputRefs></inputSet><outputSet/></ioSpecification>';
const task = (inner: string) => `${DATA}<userTask id="t">${inner}</userTask>`;

describe('what data associations move', () => {
  it.each([
    ['a copy to an input of the same name: nothing', association('Input', ['d1'], 'i1'), {}],
    ['a copy under another name', association('Input', ['r2'], 'i2'), { inputs: [{ source: feel('invoice'), target: 'bill' }] }],
    ['any reference to one object', association('Input', ['r3'], 'i2'), { inputs: [{ source: feel('invoice'), target: 'bill' }] }],
    ['an object without a usable name', association('Input', ['d-3'], 'i2'), { inputs: [{ source: feel('d_3'), target: 'bill' }] }],
    ['a data store', association('Input', ['s1'], 'i2'), { inputs: [{ source: feel('ledger'), target: 'bill' }] }],
    [
      'a transformation of several',
      association('Input', ['d1', 'r2'], 'i2', '<transformation>order.total + invoice.total</transformation>'),
      { inputs: [{ source: feel('order.total + invoice.total'), target: 'bill' }] },
    ],
    [
      'a transformation that is a literal expression of DMN',
      association(
        'Input',
        ['d1'],
        'i2',
        '<transformation language="https://www.omg.org/spec/DMN/20191111/MODEL/"><![CDATA[<d:literalExpression id="l" expressionLanguage="https://www.omg.org/spec/DMN/20191111/FEEL/"><d:text>order.total &lt; 5</d:text></d:literalExpression>]]></transformation>',
      ),
      { inputs: [{ source: feel('order.total < 5'), target: 'bill' }] },
    ],
    [
      'assignments',
      association('Input', [], 'i2', '<assignment><from>"Approve"</from><to>i2</to></assignment>'),
      { inputs: [{ source: feel('"Approve"'), target: 'bill' }] },
    ],
    ['an output under its own name: all results leave as they are', association('Output', ['o1'], 'd1'), {}],
    [
      'an output under another name, the other data outputs under theirs',
      association('Output', ['o2'], 'r2'),
      {
        outputs: [
          { source: feel('receipt'), target: 'invoice' },
          { source: feel('order'), target: 'order' },
        ],
      },
    ],
    [
      'one output under another name, one under its own',
      association('Output', ['o2'], 'r2') + association('Output', ['o1'], 'd1'),
      {
        outputs: [
          { source: feel('receipt'), target: 'invoice' },
          { source: feel('order'), target: 'order' },
        ],
      },
    ],
    [
      'a variable named without an id, as Activiti does',
      association('Input', ['customer'], 'i2'),
      { inputs: [{ source: feel('customer'), target: 'bill' }] },
    ],
  ])('%s', async (_what, associations, mappings) => {
    const { element, issues } = await readElementOf(task(IO + associations), 't');

    expect(element).toMatchObject({ kind: 'userTask', ...mappings });
    if (!('inputs' in mappings)) expect(element).not.toHaveProperty('inputs');
    if (!('outputs' in mappings)) expect(element).not.toHaveProperty('outputs');
    expect(issues.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it('is nothing where an arrow is only drawn', async () => {
    const { element, issues } = await readElementOf(
      task(
        `<property id="pp" name="__targetRef_placeholder"/>${association('Input', ['r2'], 'pp')}<dataOutputAssociation><targetRef>d1</targetRef></dataOutputAssociation>`,
      ),
      't',
    );

    expect(element).toEqual({ kind: 'userTask', id: 't' });
    expect(issues.find(({ elementId }) => elementId === 't')).toMatchObject({
      severity: 'info',
      message: expect.stringContaining('dataInputAssociation, dataOutputAssociation (kept in the file'),
    });
  });

  it.each([
    ['several sources without a transformation', association('Input', ['d1', 'r2'], 'i2'), 'bpmn-invalid'],
    [
      'an assignment to a part',
      association('Input', [], 'i2', '<assignment><from>1</from><to>order/total</to></assignment>'),
      'bpmn-unsupported',
    ],
    [
      'a transformation in a script language',
      association('Input', ['d1'], 'i2', '<transformation language="groovy">x</transformation>'),
      'bpmn-unsupported',
    ],
  ])('is refused for %s', async (_what, associations, code) => {
    const { issues } = await read(task(IO + associations));

    expect(issues.filter(({ severity }) => severity === 'error')).toMatchObject([{ code, elementId: 't' }]);
  });

  it('leaves a message event with its data', async () => {
    const event = `<dataOutput id="o" name="payment"/>${association('Output', ['o'], 'r2')}<messageEventDefinition/>`;
    const { element } = await readElementOf(`${DATA}<intermediateCatchEvent id="x">${event}</intermediateCatchEvent>`, 'x');

    expect(element).toMatchObject({ outputs: [{ source: feel('payment'), target: 'invoice' }] });
  });
});

it('a data object that Flowable would begin with a value is warned of', async () => {
  const { issues } = await read(
    '<dataObject id="d" name="limit"><extensionElements><flowable:value>5</flowable:value></extensionElements></dataObject>',
  );

  expect(issues.find(({ severity }) => severity === 'warning')).toMatchObject({ code: 'not-executed', elementId: 'p' });
});

describe('what an activity waits for', () => {
  it('are the data objects that feed its required inputs', async () => {
    const { element } = await readElementOf(task(IO + association('Input', ['d1'], 'i1') + association('Input', ['r2'], 'i2')), 't');

    expect(element).toMatchObject({ inputSets: [['order']] });
  });

  it.each([
    ['nothing feeds a required input', IO],
    ['only a data store does', IO + association('Input', ['s1'], 'i1')],
    ['another set needs nothing', IO.replace('<outputSet/>', '<inputSet/><outputSet/>') + association('Input', ['d1'], 'i1')],
  ])('is nothing where %s', async (_what, inner) => {
    const { element } = await readElementOf(task(inner), 't');

    expect(element).not.toHaveProperty('inputSets');
  });
});
