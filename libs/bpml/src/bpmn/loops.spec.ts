import { describe, expect, it } from 'vitest';
import { readElementOf } from './fixtures.js';

// Features: M-01, E-06

const feel = (text: string) => ({ language: 'feel', text });
const juel = (text: string) => ({ language: 'juel', text });
const task = (loop: string, more = '') => `<userTask id="t">${more}${loop}</userTask>`;
const instances = (attributes: string, inner = '') =>
  `<multiInstanceLoopCharacteristics ${attributes}>${inner}</multiInstanceLoopCharacteristics>`;

describe('a repeated activity', () => {
  it.each([
    [
      'a loop with its condition after',
      '<standardLoopCharacteristics><loopCondition>n &lt; 3</loopCondition></standardLoopCharacteristics>',
      { kind: 'standard', testBefore: false, condition: feel('n < 3') },
    ],
    [
      'a loop with its condition before, and a maximum',
      '<standardLoopCharacteristics testBefore="true" loopMaximum="5"><loopCondition>${more}</loopCondition></standardLoopCharacteristics>',
      { kind: 'standard', testBefore: true, condition: juel('${more}'), maximum: feel('5') },
    ],
    [
      'a number of times',
      instances('', '<loopCardinality>3</loopCardinality>'),
      { kind: 'multiInstance', sequential: false, cardinality: feel('3') },
    ],
    [
      'one after the other until a condition',
      instances(
        'isSequential="true"',
        '<loopCardinality>${n}</loopCardinality><completionCondition>${nrOfCompletedInstances == 2}</completionCondition>',
      ),
      { kind: 'multiInstance', sequential: true, cardinality: juel('${n}'), completionCondition: juel('${nrOfCompletedInstances == 2}') },
    ],
    [
      'a collection by its variable in Camunda 7',
      instances('camunda:collection="people" camunda:elementVariable="person"'),
      { kind: 'multiInstance', sequential: false, collection: feel('people'), elementVariable: 'person' },
    ],
    [
      'a computed collection in Flowable',
      instances('flowable:collection="${order.people}" flowable:elementVariable="person"'),
      { kind: 'multiInstance', sequential: false, collection: juel('${order.people}'), elementVariable: 'person' },
    ],
    [
      'a collection in Zeebe',
      instances(
        '',
        '<extensionElements><zeebe:loopCharacteristics inputCollection="= people" inputElement="person" outputCollection="votes" outputElement="= vote"/></extensionElements>',
      ),
      {
        kind: 'multiInstance',
        sequential: false,
        collection: feel('people'),
        elementVariable: 'person',
        outputCollection: 'votes',
        outputElement: feel('vote'),
      },
    ],
    [
      'a collection named as Camunda 7 names it in the standard element',
      instances('', '<loopDataInputRef>people</loopDataInputRef><inputDataItem id="i" name="person"/>'),
      { kind: 'multiInstance', sequential: false, collection: feel('people'), elementVariable: 'person' },
    ],
    [
      'an event at the first completion',
      instances('behavior="One" oneBehaviorEventRef="first"', '<loopCardinality>3</loopCardinality>'),
      {
        kind: 'multiInstance',
        sequential: false,
        cardinality: feel('3'),
        behavior: { type: 'one', event: { type: 'signal', name: { language: 'literal', text: 'Done' } } },
      },
    ],
    [
      'an event at every completion',
      instances('behavior="None" noneBehaviorEventRef="each"', '<loopCardinality>3</loopCardinality>'),
      {
        kind: 'multiInstance',
        sequential: false,
        cardinality: feel('3'),
        behavior: { type: 'none', event: { type: 'escalation', escalationCode: 'L1' } },
      },
    ],
    [
      'events by conditions',
      instances(
        'behavior="Complex"',
        '<loopCardinality>3</loopCardinality><complexBehaviorDefinition><condition>numberOfCompletedInstances = 2</condition><event id="ev"><signalEventDefinition signalRef="s"/></event></complexBehaviorDefinition>',
      ),
      {
        kind: 'multiInstance',
        sequential: false,
        cardinality: feel('3'),
        behavior: {
          type: 'complex',
          definitions: [
            {
              condition: feel('numberOfCompletedInstances = 2'),
              event: { type: 'signal', name: { language: 'literal', text: 'Done' } },
            },
          ],
        },
      },
    ],
  ])('%s', async (_what, loop, model) => {
    const { element, issues } = await readElementOf(
      task(loop),
      't',
      '<signal id="s" name="Done"/><signalEventDefinition id="first" signalRef="s"/><escalation id="l" escalationCode="L1"/><escalationEventDefinition id="each" escalationRef="l"/>',
    );

    expect(element).toEqual({ kind: 'userTask', id: 't', loop: model });
    expect(issues.filter(({ elementId }) => elementId !== 'file')).toEqual([]);
  });

  it('is done once for the bare marker of a loop, with a warning', async () => {
    const { element, issues } = await readElementOf(task('<standardLoopCharacteristics/>'), 't');

    expect(element).toMatchObject({ loop: { kind: 'standard', testBefore: false, maximum: feel('1') } });
    expect(issues).toMatchObject([{ severity: 'warning', code: 'loop-once', elementId: 't' }]);
  });

  it('runs over the data object that feeds its list, and collects into the one that takes it over', async () => {
    const data = '<dataObject id="d1" name="people"/><dataObject id="d2" name="votes"/>';
    const io =
      '<ioSpecification><dataInput id="in" name="list"/><dataOutput id="out" name="all"/><dataOutput id="one" name="vote"/><inputSet/><outputSet/></ioSpecification>';
    const move = (kind: string, source: string, target: string) =>
      `<data${kind}Association><sourceRef>${source}</sourceRef><targetRef>${target}</targetRef></data${kind}Association>`;
    const loop = instances(
      '',
      '<loopDataInputRef>in</loopDataInputRef><loopDataOutputRef>out</loopDataOutputRef><inputDataItem id="person"/><outputDataItem id="item"/>',
    );
    const associations = move('Input', 'd1', 'in') + move('Output', 'one', 'item') + move('Output', 'out', 'd2');
    const { element, issues } = await readElementOf(`${data}${task(loop, io + associations)}`, 't');

    expect(element).toEqual({
      kind: 'userTask',
      id: 't',
      inputs: [{ source: feel('people'), target: 'list' }],
      loop: {
        kind: 'multiInstance',
        sequential: false,
        collection: feel('people'),
        elementVariable: 'person',
        outputCollection: 'votes',
        outputElement: feel('vote'),
      },
    });
    expect(issues).toEqual([]);
  });

  it("counts from 0 in Flowable's own variable", async () => {
    const { element } = await readElementOf(task(instances('flowable:collection="people" flowable:elementIndexVariable="index"')), 't');

    expect(element).toMatchObject({ inputs: [{ source: feel('loopCounter - 1'), target: 'index' }] });
  });

  it('names what a vendor adds to the marker and is not read', async () => {
    const { issues } = await readElementOf(task(instances('camunda:collection="people" camunda:asyncBefore="true"')), 't');

    expect(issues).toMatchObject([{ severity: 'info', code: 'preserved', elementId: 't' }]);
    expect(issues[0]?.message).toContain('camunda:asyncBefore');
  });
});
