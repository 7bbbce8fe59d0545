import type { Bounds, Diagram } from '@baton/contracts';
import type { Edge, Node } from '@xyflow/react';

export type Shape = Diagram['shapes'][number];
export type Flow = Diagram['edges'][number];
export type Point = Flow['waypoints'][number];

export type ShapeNode = Node<{ readonly shape: Shape }, 'pool' | 'frame' | 'activity' | 'event' | 'gateway' | 'data' | 'annotation'>;
/** Where a name stands: above or below its shape (`center`), or beside it. */
export type LabelSide = 'left' | 'center' | 'right';
export type LabelNode = Node<{ readonly text: string; readonly of: string; readonly side: LabelSide }, 'label'>;
export type AnchorNode = Node<Record<string, never>, 'anchor'>;
export type DrawnNode = ShapeNode | LabelNode | AnchorNode;
/** `isMarked`: begins with the small diamond of a conditional flow, which BPMN draws at activities and not at gateways. */
export type DrawnEdge = Edge<{ readonly flow: Flow; readonly isMarked: boolean }, 'flow'>;

/** Layers from back to front: what contains, what leads, what does, what sits on a border, what names. */
const LAYER = { pool: 0, frame: 1, edge: 2, activity: 3, boundary: 4, label: 5 } as const;
const LABEL_WIDTH_MIN = 100;
const LABEL_HEIGHT = 14;
const LABEL_GAP = 5;

/**
 * The file's picture as React Flow's nodes and edges. Nothing is moved: coordinates and waypoints are the file's.
 *
 * Names of events, gateways and data stand beside their shapes, as nodes of their own. An edge that begins or ends on
 * another edge gets an invisible anchor there, because React Flow joins nodes only.
 */
export function drawing(diagram: Diagram): { readonly nodes: DrawnNode[]; readonly edges: DrawnEdge[] } {
  const shapes = [...diagram.shapes].sort((a, b) => layerOf(a) - layerOf(b));
  const drawn = new Set(shapes.map(({ elementId }) => elementId));
  const gateways = new Set(shapes.filter((shape) => nodeType(shape) === 'gateway').map(({ elementId }) => elementId));
  const nodes: DrawnNode[] = [...shapes.map(shapeNode), ...shapes.flatMap((shape) => labelNode(shape, diagram.edges))];
  const edges = diagram.edges.map((flow) => {
    const ends = { source: flow.source, target: flow.target };
    const [first, last] = [flow.waypoints[0], flow.waypoints.at(-1)];
    if (!drawn.has(flow.source) && first) nodes.push(anchorNode((ends.source = `${flow.elementId}:source`), first));
    if (!drawn.has(flow.target) && last) nodes.push(anchorNode((ends.target = `${flow.elementId}:target`), last));
    return edge(flow, ends, flow.conditional === true && !gateways.has(flow.source));
  });
  return { nodes, edges };
}

/** What kind of node draws a shape. */
export function nodeType({ kind, expanded }: Shape): ShapeNode['type'] {
  if (kind === 'participant' || kind === 'lane') return 'pool';
  if (kind === 'group') return 'frame';
  if (kind.endsWith('Event')) return 'event';
  if (kind.endsWith('Gateway')) return 'gateway';
  if (kind.startsWith('data')) return 'data';
  if (kind === 'textAnnotation') return 'annotation';
  return expanded && isContainer(kind) ? 'frame' : 'activity';
}

function isContainer(kind: string): boolean {
  return kind === 'subProcess' || kind === 'adHocSubProcess' || kind === 'transaction';
}

function layerOf(shape: Shape): number {
  const type = nodeType(shape);
  if (type === 'pool' || type === 'frame') return LAYER[type];
  return shape.attachedTo === undefined ? LAYER.activity : LAYER.boundary;
}

function shapeNode(shape: Shape): ShapeNode {
  const { x, y, width, height } = shape.bounds;
  return { id: shape.elementId, type: nodeType(shape), position: { x, y }, width, height, zIndex: layerOf(shape), data: { shape } };
}

function labelNode(shape: Shape, flows: readonly Flow[]): LabelNode[] {
  const type = nodeType(shape);
  const isBeside = type === 'event' || type === 'gateway' || type === 'data';
  if (!isBeside || !shape.name) return [];
  const place = shape.label ?? beside(shape, flows);
  const side = sideOf(place, shape.bounds);
  const { x, y, width } = labelBox(place, side);
  return [
    {
      id: `${shape.elementId}:label`,
      type: 'label',
      position: { x, y },
      width,
      zIndex: LAYER.label,
      data: { text: shape.name, of: shape.elementId, side },
    },
  ];
}

/** Where a name goes that the file did not place: below its shape, or above it when a flow leads out or in below. */
function beside({ elementId, bounds: { x, y, width, height } }: Shape, flows: readonly Flow[]): Bounds {
  const ends = flows.flatMap(({ source, target, waypoints }) => [
    ...(source === elementId ? waypoints.slice(0, 1) : []),
    ...(target === elementId ? waypoints.slice(-1) : []),
  ]);
  const isTaken = (edgeY: number) => ends.some((end) => Math.abs(end.y - edgeY) < 2);
  const isAbove = isTaken(y + height) && !isTaken(y);
  return { x, y: isAbove ? y - LABEL_GAP - LABEL_HEIGHT : y + height + LABEL_GAP, width, height: LABEL_HEIGHT };
}

function sideOf(label: Bounds, shape: Bounds): LabelSide {
  if (label.x >= shape.x + shape.width) return 'right';
  return label.x + label.width <= shape.x ? 'left' : 'center';
}

/** Files give a box that fits the drawing tool's font; ours gets more room, away from the shape it names. */
export function labelBox(
  { x, y, width }: Bounds,
  side: LabelSide = 'center',
): { readonly x: number; readonly y: number; readonly width: number } {
  const room = Math.max(width, LABEL_WIDTH_MIN);
  if (side === 'right') return { x, y, width: room };
  if (side === 'left') return { x: x + width - room, y, width: room };
  return { x: x + width / 2 - room / 2, y, width: room };
}

function anchorNode(id: string, { x, y }: Point): AnchorNode {
  return { id, type: 'anchor', position: { x, y }, width: 1, height: 1, zIndex: 0, data: {} };
}

function edge(flow: Flow, ends: { source: string; target: string }, isMarked: boolean): DrawnEdge {
  return { id: flow.elementId, type: 'flow', ...ends, zIndex: LAYER.edge, data: { flow, isMarked } };
}
