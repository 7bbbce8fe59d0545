import { describe, expect, it } from 'vitest';
import { readBpmn } from '../bpmn/read-bpmn.js';
import { file, read } from '../bpmn/fixtures.js';

const flow = (id: string, source: string, target: string) => `<sequenceFlow id="${id}" sourceRef="${source}" targetRef="${target}"/>`;
const shape = (id: string, x: number, y: number, more = '') =>
  `<di:BPMNShape bpmnElement="${id}" ${more}><dc:Bounds x="${x}" y="${y}" width="100" height="80"/></di:BPMNShape>`;
const edge = (id: string, ...points: readonly (readonly [number, number])[]) =>
  `<di:BPMNEdge bpmnElement="${id}">${points.map(([x, y]) => `<dd:waypoint x="${x}" y="${y}"/>`).join('')}</di:BPMNEdge>`;
const diagram = (contents: string) => `<di:BPMNDiagram><di:BPMNPlane bpmnElement="p">${contents}</di:BPMNPlane></di:BPMNDiagram>`;

async function draw(process: string, ...diagrams: readonly string[]) {
  const namespaces =
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:dd="http://www.omg.org/spec/DD/20100524/DI"';
  const xml = file(process)
    .replace('<definitions', `<definitions ${namespaces}`)
    .replace('</definitions>', `${diagrams.map(diagram).join('')}</definitions>`);
  return readBpmn(xml, { fileName: 'test.bpmn' });
}

describe('a diagram of the file', () => {
  it('keeps the coordinates, and says what each shape is', async () => {
    const { diagram: drawn } = await draw(
      `<subProcess id="s" name="Sub"><task id="t"/></subProcess><boundaryEvent id="b" attachedToRef="s" cancelActivity="false"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><textAnnotation id="n"><text>Note</text></textAnnotation>`,
      `${shape('s', 10, 20, 'isExpanded="true"')}${shape('t', 30, 40)}${shape('b', 50, 60)}${shape('n', 70, 80)}`,
    );

    expect(drawn.shapes).toEqual([
      { elementId: 's', kind: 'subProcess', name: 'Sub', expanded: true, bounds: { x: 10, y: 20, width: 100, height: 80 } },
      { elementId: 't', kind: 'task', parent: 's', bounds: { x: 30, y: 40, width: 100, height: 80 } },
      {
        elementId: 'b',
        kind: 'boundaryEvent',
        event: 'timer',
        interrupting: false,
        attachedTo: 's',
        bounds: { x: 50, y: 60, width: 100, height: 80 },
      },
      { elementId: 'n', kind: 'textAnnotation', name: 'Note', bounds: { x: 70, y: 80, width: 100, height: 80 } },
    ]);
  });

  it('moves a second diagram below the first and shows nothing twice', async () => {
    const { diagram: drawn } = await draw('<task id="a"/><task id="b"/>', shape('a', 0, 0), `${shape('a', 500, 500)}${shape('b', 0, 0)}`);

    expect(drawn.shapes.map(({ elementId, bounds }) => [elementId, bounds.y])).toEqual([
      ['a', 0],
      ['b', 160],
    ]);
  });

  it('leaves out an edge to something that is not shown, and survives senseless numbers', async () => {
    const { diagram: drawn, issues } = await draw(
      `<task id="a"/><task id="b"/>${flow('f', 'a', 'b')}`,
      `${shape('a', 0, 0).replace('x="0"', 'x="1e999"')}${edge('f', [0, 0], [1, 1])}${shape('gone', 0, 0)}`,
    );

    expect(drawn.edges).toEqual([]);
    expect(drawn.shapes[0]?.bounds.x).toBe(0);
    expect(issues).toMatchObject([{ severity: 'warning', code: 'bpmn-unresolved-reference', message: expect.stringContaining('gone') }]);
  });

  it('marks defaults and conditions', async () => {
    const { diagram: drawn } = await draw(
      `<exclusiveGateway id="a" default="f"/><task id="b"/>${flow('f', 'a', 'b')}<sequenceFlow id="g" sourceRef="a" targetRef="b"><conditionExpression>x</conditionExpression></sequenceFlow>`,
      `${shape('a', 0, 0)}${shape('b', 200, 0)}${edge('f', [0, 0], [1, 1])}${edge('g', [0, 0], [1, 1])}`,
    );

    expect(drawn.edges).toMatchObject([
      { elementId: 'f', isDefault: true },
      { elementId: 'g', conditional: true },
    ]);
  });
});

describe('what a shape says beyond its place', () => {
  it.each([
    ['a loop', '<task id="x"><standardLoopCharacteristics loopMaximum="2"/></task>', { markers: ['loop'] }],
    [
      'one after the other',
      '<task id="x"><multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></task>',
      { markers: ['sequentialMultiInstance'] },
    ],
    ['what undoes', '<task id="x" isForCompensation="true"/>', { markers: ['compensation'] }],
    ['a transaction', '<transaction id="x"/>', { kind: 'transaction' }],
    ['ad hoc', '<adHocSubProcess id="x"/>', { kind: 'adHocSubProcess', markers: ['adHoc'] }],
    ['an event sub-process', '<subProcess id="x" triggeredByEvent="true"/>', { markers: ['eventSubProcess'] }],
    [
      'a start beside',
      '<subProcess id="e" triggeredByEvent="true"><startEvent id="x" isInterrupting="false"><signalEventDefinition/></startEvent></subProcess>',
      { event: 'signal', interrupting: false },
    ],
    [
      'an error that interrupts whatever the file says',
      '<task id="t"/><boundaryEvent id="x" attachedToRef="t" cancelActivity="false"><errorEventDefinition/></boundaryEvent>',
      { event: 'error', interrupting: true },
    ],
    [
      'all of several',
      '<intermediateCatchEvent id="x" parallelMultiple="true"><signalEventDefinition/><timerEventDefinition/></intermediateCatchEvent>',
      { event: 'parallelMultiple' },
    ],
    [
      'a thrown compensation',
      '<intermediateThrowEvent id="x"><compensateEventDefinition/></intermediateThrowEvent>',
      { kind: 'intermediateThrowEvent', event: 'compensation' },
    ],
    [
      'a gateway that starts and needs all',
      '<eventBasedGateway id="x" instantiate="true" eventGatewayType="Parallel"/>',
      { kind: 'eventBasedGateway', markers: ['instantiate', 'parallelEvents'] },
    ],
  ])('%s', async (_what, process, drawn) => {
    const { diagram: made } = await read(process);

    expect(made.shapes.find(({ elementId }) => elementId === 'x')).toMatchObject(drawn);
  });
});

describe('a file without a diagram', () => {
  it('is laid out from left to right, loops and all', async () => {
    const { diagram: drawn } = await read(
      `<startEvent id="s"/><task id="a"/><task id="b"/><task id="c"/><endEvent id="e"/>${flow('f1', 's', 'a')}${flow('f2', 'a', 'b')}${flow('f3', 'a', 'c')}${flow('f4', 'b', 'a')}${flow('f5', 'c', 'e')}`,
    );
    const x = (id: string) => drawn.shapes.find(({ elementId }) => elementId === id)?.bounds.x ?? Number.NaN;

    expect(x('s')).toBeLessThan(x('a'));
    expect(x('a')).toBeLessThan(x('b'));
    expect(x('b')).toBe(x('c'));
    expect(x('c')).toBeLessThan(x('e'));
    expect(drawn.edges.map(({ elementId }) => elementId)).toEqual(['f1', 'f2', 'f3', 'f4', 'f5']);
    expect(overlaps(drawn.shapes.map(({ bounds }) => bounds))).toBe(0);
  });

  it('draws sub-processes around their contents, boundary events on the border', async () => {
    const { diagram: drawn } = await read(
      `<subProcess id="s"><startEvent id="i"/><task id="t"/>${flow('f', 'i', 't')}</subProcess><boundaryEvent id="b" attachedToRef="s"><errorEventDefinition/></boundaryEvent>`,
    );
    const box = (id: string) => drawn.shapes.find(({ elementId }) => elementId === id)?.bounds ?? { x: 0, y: 0, width: 0, height: 0 };

    expect(box('t').x + box('t').width).toBeLessThan(box('s').x + box('s').width);
    expect(box('t').y).toBeGreaterThan(box('s').y);
    expect(box('b').y + 18).toBe(box('s').y + box('s').height);
  });

  it('takes a chain of a thousand tasks', async () => {
    const chain = Array.from(
      { length: 1_000 },
      (_, index) => `<task id="t${index}"/>${index > 0 ? flow(`f${index}`, `t${index - 1}`, `t${index}`) : ''}`,
    ).join('');
    const { diagram: drawn } = await read(chain);

    expect(drawn.shapes).toHaveLength(1_000);
    expect(drawn.edges).toHaveLength(999);
  });
});

function overlaps(boxes: readonly { x: number; y: number; width: number; height: number }[]): number {
  const touch = (a: (typeof boxes)[number], b: (typeof boxes)[number]) =>
    a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  return boxes.filter((box) => boxes.some((other) => touch(box, other))).length;
}
