import type { Diagram } from '@baton/contracts';
import { isContainer, isFlowNode } from '../bpmn/flow-nodes.js';
import type { Reading } from '../bpmn/reading.js';
import type { XmlElement } from '../xml/tree.js';
import { edgeOf } from './edge.js';
import { shapeOf } from './shape.js';
import type { Bounds, Edge, Shape } from './types.js';

const GAP = 50;
const MARGIN = 40;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture for a file that brings none: each container's flow nodes in columns from left to right, containers around them. */
export function layOut(reading: Reading): Diagram {
  const shapes: Shape[] = [];
  let y = MARGIN;
  for (const process of reading.root.all('process')) {
    const { shapes: inner, size } = layOutContents(reading, process);
    shapes.push(...moved(inner, MARGIN, y));
    y += size.height + GAP;
  }
  return { shapes, edges: connect(reading, shapes) };
}

/** The contents of one container, from (0, 0). Boundary events sit on their activity's lower border. */
function layOutContents(reading: Reading, container: XmlElement): { shapes: Shape[]; size: Size } {
  const nodes = container.children.filter((child) => isFlowNode(child) && child.local !== 'boundaryEvent');
  const column = columns(reading, container, nodes);
  const shapes: Shape[] = [];
  let x = 0;
  let height = 0;
  for (let index = 0; nodes.some((node) => (column.get(node) ?? 0) >= index); index++) {
    let y = 0;
    let width = 0;
    for (const node of nodes.filter((candidate) => column.get(candidate) === index)) {
      const contents = isContainer(node) ? layOutContents(reading, node) : undefined;
      const size = contents ? { width: contents.size.width + 2 * MARGIN, height: contents.size.height + 2 * MARGIN } : sizeOf(node);
      shapes.push({ ...shapeOf(reading, node), bounds: { x, y: y + Math.max(0, (80 - size.height) / 2), ...size } });
      if (contents) shapes.push(...moved(contents.shapes, x + MARGIN, y + MARGIN));
      y += Math.max(size.height, 80) + GAP;
      width = Math.max(width, size.width);
    }
    height = Math.max(height, y - GAP);
    x += width + GAP;
  }
  shapes.push(...boundaries(reading, container, shapes));
  return { shapes, size: { width: Math.max(100, x - GAP), height: Math.max(80, height) } };
}

/** The longest way from a start to each node, never going round a loop twice. */
function columns(reading: Reading, container: XmlElement, nodes: readonly XmlElement[]): Map<XmlElement, number> {
  const next = new Map<XmlElement, XmlElement[]>();
  for (const flow of container.all('sequenceFlow')) {
    const source = reading.find(flow.attribute('sourceRef'));
    const host = source?.local === 'boundaryEvent' ? reading.find(source.attribute('attachedToRef')) : source;
    const target = reading.find(flow.attribute('targetRef'));
    if (host && target) next.set(host, [...(next.get(host) ?? []), target]);
  }
  /** Nodes whose ways on have all been walked, the farthest first. */
  const done = new Set<XmlElement>();
  const open = new Set<XmlElement>();
  const back = new Set<string>();
  // Depth first without recursion: the file's own limit is in elements, not in the length of a chain.
  for (const start of nodes) {
    const stack = [{ node: start, at: 0 }];
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (!top) break;
      if (top.at === 0 && (open.has(top.node) || done.has(top.node))) stack.pop();
      else {
        open.add(top.node);
        const target = next.get(top.node)?.[top.at++];
        if (target && open.has(target)) back.add(`${top.node.id} ${target.id}`);
        else if (target) stack.push({ node: target, at: 0 });
        else {
          open.delete(top.node);
          done.add(top.node);
          stack.pop();
        }
      }
    }
  }
  const column = new Map<XmlElement, number>(nodes.map((node) => [node, 0]));
  for (const node of [...done].reverse()) {
    for (const target of next.get(node) ?? []) {
      if (!back.has(`${node.id} ${target.id}`)) column.set(target, Math.max(column.get(target) ?? 0, (column.get(node) ?? 0) + 1));
    }
  }
  return column;
}

function boundaries(reading: Reading, container: XmlElement, shapes: readonly Shape[]): Shape[] {
  const used = new Map<string, number>();
  return container.all('boundaryEvent').flatMap((event) => {
    const host = shapes.find(({ elementId }) => elementId === reading.find(event.attribute('attachedToRef'))?.id);
    if (!host) return [];
    const place = used.get(host.elementId) ?? 0;
    used.set(host.elementId, place + 1);
    const x = host.bounds.x + host.bounds.width - 28 - place * 44;
    return [{ ...shapeOf(reading, event), bounds: { x, y: host.bounds.y + host.bounds.height - 18, width: 36, height: 36 } }];
  });
}

function connect(reading: Reading, shapes: readonly Shape[]): Edge[] {
  const bounds = new Map(shapes.map((shape) => [shape.elementId, shape.bounds]));
  return [...reading.root.walk()].flatMap((element) => {
    const edge = edgeOf(reading, element);
    const source = edge && bounds.get(edge.source);
    const target = edge && bounds.get(edge.target);
    return edge && source && target ? [{ ...edge, waypoints: route(source, target) }] : [];
  });
}

/** Forwards: right, across, right. Backwards: over the top. */
function route(source: Bounds, target: Bounds): Edge['waypoints'] {
  const from = { x: source.x + source.width, y: source.y + source.height / 2 };
  const to = { x: target.x, y: target.y + target.height / 2 };
  if (to.x > from.x) {
    const middle = to.x - GAP / 2;
    return from.y === to.y ? [from, to] : [from, { x: middle, y: from.y }, { x: middle, y: to.y }, to];
  }
  const above = Math.min(source.y, target.y) - GAP / 2;
  const out = source.x + source.width / 2;
  const into = target.x + target.width / 2;
  return [
    { x: out, y: source.y },
    { x: out, y: above },
    { x: into, y: above },
    { x: into, y: target.y },
  ];
}

function moved(shapes: readonly Shape[], x: number, y: number): Shape[] {
  return shapes.map((shape) => ({ ...shape, bounds: { ...shape.bounds, x: shape.bounds.x + x, y: shape.bounds.y + y } }));
}

function sizeOf(node: XmlElement): Size {
  if (node.local.endsWith('Event')) return { width: 36, height: 36 };
  return node.local.endsWith('Gateway') ? { width: 50, height: 50 } : { width: 100, height: 80 };
}
