import type { Diagram } from '@baton/contracts';
import { describe, expect, it } from 'vitest';
import { drawing, labelBox } from './drawing.js';
import type { Flow, Shape } from './drawing.js';
import { besideLine, besideStart, pathAlong } from './waypoints.js';

describe('the drawing of a diagram', () => {
  it('puts every shape where the file has it, in its own size', () => {
    const { nodes } = drawing(diagram([task('approve', { x: 513, y: 304, width: 100, height: 80 })]));
    expect(nodes).toMatchObject([{ id: 'approve', type: 'activity', position: { x: 513, y: 304 }, width: 100, height: 80 }]);
  });

  it('draws what contains behind what it contains, whatever the order in the file', () => {
    const { nodes } = drawing(
      diagram([
        task('approve'),
        shape('pool', 'participant'),
        { ...shape('alarm', 'boundaryEvent'), attachedTo: 'approve' },
        shape('lane', 'lane'),
        { ...shape('part', 'subProcess'), expanded: true },
      ]),
    );
    expect(nodes.map(({ id, type }) => [id, type])).toEqual([
      ['pool', 'pool'],
      ['lane', 'pool'],
      ['part', 'frame'],
      ['approve', 'activity'],
      ['alarm', 'event'],
    ]);
  });

  it('draws a collapsed sub-process as an activity', () => {
    const { nodes } = drawing(diagram([{ ...shape('part', 'subProcess'), expanded: false }]));
    expect(nodes[0]?.type).toBe('activity');
  });

  it('names events beside them, and activities inside', () => {
    const { nodes } = drawing(
      diagram([
        { ...shape('start', 'startEvent'), name: 'Order came' },
        { ...task('approve'), name: 'Approve' },
      ]),
    );
    expect(nodes.filter(({ type }) => type === 'label')).toMatchObject([{ id: 'start:label', data: { text: 'Order came', of: 'start' } }]);
  });

  it('keeps the center of the file’s label, with room for our font', () => {
    const { x, width } = labelBox({ x: 643, y: 369, width: 52, height: 27 });
    expect(x + width / 2).toBe(669);
    expect(width).toBeGreaterThan(52);
  });

  it('leads edges along the waypoints of the file', () => {
    const flow = edge('f', 'a', 'b');
    const { edges } = drawing(diagram([task('a'), task('b')], [flow]));
    expect(edges).toMatchObject([{ id: 'f', source: 'a', target: 'b', data: { flow } }]);
  });

  it('marks a condition at an activity, not at a gateway', () => {
    const conditional = (id: string, source: string) => ({ ...edge(id, source, 'b'), conditional: true });
    const { edges } = drawing(
      diagram([task('a'), task('b'), shape('g', 'exclusiveGateway')], [conditional('f', 'a'), conditional('h', 'g')]),
    );
    expect(edges.map(({ data }) => data?.isMarked)).toEqual([true, false]);
  });

  it('names a shape below, and above when a flow leaves there', () => {
    const gateway = { ...shape('g', 'exclusiveGateway', { x: 100, y: 100, width: 50, height: 50 }), name: 'Enough?' };
    const down = { ...edge('f', 'g', 'b'), waypoints: [at(125, 150), at(125, 220)] };
    const labelOf = (edges: Flow[]) => drawing(diagram([gateway, task('b')], edges)).nodes.find(({ id }) => id === 'g:label');
    expect(labelOf([])?.position.y).toBe(155);
    expect(labelOf([down])?.position.y).toBe(81);
  });

  it('gives a name that stands beside its shape more room away from it', () => {
    const gateway = shape('g', 'exclusiveGateway', { x: 100, y: 100, width: 50, height: 50 });
    const labelled = (label: Shape['bounds']) => drawing(diagram([{ ...gateway, name: 'Enough?', label }])).nodes.at(-1);
    expect(labelled({ x: 160, y: 118, width: 40, height: 14 })).toMatchObject({ position: { x: 160 }, data: { side: 'right' } });
    expect(labelled({ x: 50, y: 118, width: 40, height: 14 })).toMatchObject({ position: { x: -10 }, data: { side: 'left' } });
    expect(labelled({ x: 105, y: 155, width: 40, height: 14 })).toMatchObject({ position: { x: 75 }, data: { side: 'center' } });
  });

  it('anchors an edge that ends on another edge', () => {
    const association = { ...edge('note-to-flow', 'note', 'f'), kind: 'association' as const };
    const { nodes, edges } = drawing(diagram([shape('note', 'textAnnotation')], [association]));
    expect(edges[0]?.target).toBe('note-to-flow:target');
    expect(nodes.at(-1)).toMatchObject({ id: 'note-to-flow:target', type: 'anchor', position: { x: 100, y: 50 } });
  });
});

describe('a path along waypoints', () => {
  it('begins and ends exactly at the first and last', () => {
    const path = pathAlong([
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 50 },
    ]);
    expect(path).toBe('M0,0 L94,0 Q100,0 100,6 L100,50');
  });

  it('stays inside legs shorter than its corners, and survives doubled points', () => {
    const path = pathAlong([
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 0 },
      { x: 4, y: 4 },
    ]);
    expect(path).not.toContain('NaN');
    expect(path.endsWith('L4,4')).toBe(true);
  });
});

describe('a name beside a line', () => {
  const flat = [
    { x: 0, y: 100 },
    { x: 200, y: 100 },
  ];

  it('stays where the file has it when the line does not touch it', () => {
    expect(besideLine({ x: 20, y: 80, width: 20, height: 14 }, flat)).toEqual({ x: 20, y: 80 });
  });

  it('stands where its line begins when the file does not say', () => {
    const size = { width: 20, height: 14 };
    expect(besideStart(flat, size)).toEqual({ x: 6, y: 83 });
    expect(besideStart(flat.toReversed(), size)).toEqual({ x: 174, y: 83 });
    expect(
      besideStart(
        [
          { x: 0, y: 0 },
          { x: 0, y: -50 },
        ],
        size,
      ),
    ).toEqual({ x: 6, y: -20 });
  });

  it('moves to the nearer side of a line that runs through it', () => {
    expect(besideLine({ x: 20, y: 99, width: 20, height: 14 }, flat)).toEqual({ x: 20, y: 103 });
    expect(besideLine({ x: 20, y: 88, width: 20, height: 14 }, flat)).toEqual({ x: 20, y: 83 });
    const upright = flat.map(({ x, y }) => ({ x: y, y: x }));
    expect(besideLine({ x: 95, y: 20, width: 20, height: 14 }, upright)).toEqual({ x: 103, y: 20 });
  });
});

function at(x: number, y: number) {
  return { x, y };
}

function diagram(shapes: Shape[], edges: Flow[] = []): Diagram {
  return { shapes, edges };
}

function shape(elementId: string, kind: string, bounds = { x: 0, y: 0, width: 100, height: 80 }): Shape {
  return { elementId, kind, bounds };
}

function task(elementId: string, bounds?: Shape['bounds']): Shape {
  return shape(elementId, 'userTask', bounds);
}

function edge(elementId: string, source: string, target: string): Flow {
  const waypoints = [
    { x: 0, y: 0 },
    { x: 100, y: 50 },
  ];
  return { elementId, kind: 'sequenceFlow', source, target, waypoints };
}
