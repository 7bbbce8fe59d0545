import type { Diagram } from '@baton/contracts';
import { BPMN_DI, DIAGRAM_COMMON, DIAGRAM_INTERCHANGE } from '../namespaces.js';
import type { Reading } from '../bpmn/reading.js';
import type { XmlElement } from '../xml/tree.js';
import { edgeOf } from './edge.js';
import { layOut } from './lay-out.js';
import { shapeOf } from './shape.js';
import type { Bounds, Edge, Point, Shape } from './types.js';

/** Space between two diagrams of one file when both are shown. */
const DIAGRAM_GAP = 80;

/**
 * The picture as the file lays it out, in its own coordinates.
 *
 * A file with several diagrams shows each element where it is shown first; diagrams after the first are moved
 * below what is there already, so that nothing overlaps. A file without any is laid out left to right.
 */
export function readDiagram(reading: Reading): Diagram {
  const shapes = new Map<string, Shape>();
  const edges = new Map<string, Edge>();
  for (const diagram of reading.root.all('BPMNDiagram', BPMN_DI)) {
    const plane = diagram.first('BPMNPlane', BPMN_DI);
    if (!plane) continue;
    const drop = shapes.size === 0 ? 0 : below([...shapes.values()]) - top(plane);
    for (const child of plane.children) readShown(reading, child, drop, shapes, edges);
  }
  if (shapes.size === 0) return layOut(reading);
  const shown = (id: string) => shapes.has(id) || edges.has(id);
  return { shapes: [...shapes.values()], edges: [...edges.values()].filter(({ source, target }) => shown(source) && shown(target)) };
}

function readShown(reading: Reading, child: XmlElement, drop: number, shapes: Map<string, Shape>, edges: Map<string, Edge>): void {
  const element = reading.find(child.attribute('bpmnElement'));
  if (element?.id === undefined || child.uri !== BPMN_DI) return;
  const label = child.first('BPMNLabel', BPMN_DI);
  const labelBounds = label && boundsOf(label, drop);
  const drawnLabel = labelBounds && labelBounds.width > 0 && labelBounds.height > 0 ? { label: labelBounds } : {};
  const bounds = boundsOf(child, drop);
  if (child.local === 'BPMNShape' && bounds && !shapes.has(element.id)) {
    shapes.set(element.id, { ...shapeOf(reading, element, child), bounds, ...drawnLabel });
  } else if (child.local === 'BPMNEdge' && !edges.has(element.id)) {
    const waypoints = child.all('waypoint', DIAGRAM_INTERCHANGE).map((point) => pointOf(point, drop));
    const edge = edgeOf(reading, element);
    if (edge && waypoints.length > 1) edges.set(element.id, { ...edge, waypoints, ...drawnLabel });
  }
}

function boundsOf(shown: XmlElement, drop: number): Bounds | undefined {
  const bounds = shown.first('Bounds', DIAGRAM_COMMON);
  return bounds && { ...pointOf(bounds, drop), width: numeric(bounds, 'width'), height: numeric(bounds, 'height') };
}

function pointOf(element: XmlElement, drop: number): Point {
  return { x: numeric(element, 'x'), y: numeric(element, 'y') + drop };
}

/** Nothing a file writes here may become NaN or infinite in a drawing. */
function numeric(element: XmlElement, name: string): number {
  const number = Number(element.attribute(name) ?? 0);
  return Number.isFinite(number) ? number : 0;
}

function below(shapes: readonly Shape[]): number {
  return Math.max(...shapes.map(({ bounds }) => bounds.y + bounds.height)) + DIAGRAM_GAP;
}

function top(plane: XmlElement): number {
  const tops = plane.children.flatMap((child) => boundsOf(child, 0)?.y ?? []);
  return tops.length > 0 ? Math.min(...tops) : 0;
}
