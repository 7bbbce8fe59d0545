import type { Diagram } from '@baton/contracts';
import { kindInWords, oneLine } from '../diagram/element-words.js';

/** What people call the parts of one process. */
export interface Names {
  /** Its name; what it is when it has none; its id when the picture does not have it. */
  element(elementId: string): string;
  kind(elementId: string): string | undefined;
  /** A flow by its own name, else by where it leads. */
  flow(flowId: string): string;
}

export function namesOf(diagram: Diagram): Names {
  const shapes = new Map(diagram.shapes.map((shape) => [shape.elementId, shape]));
  const flows = new Map(diagram.edges.map((edge) => [edge.elementId, edge]));
  const element = (elementId: string) => {
    const shape = shapes.get(elementId);
    if (!shape) return elementId;
    return shape.name ? oneLine(shape.name) : kindInWords(shape).toLowerCase();
  };
  return {
    element,
    kind: (elementId) => shapes.get(elementId)?.kind,
    flow: (flowId) => {
      const flow = flows.get(flowId);
      if (!flow) return `“${flowId}”`;
      return flow.name ? `“${oneLine(flow.name)}” to ${element(flow.target)}` : `the way to ${element(flow.target)}`;
    },
  };
}
