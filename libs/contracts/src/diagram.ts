import { z } from 'zod';

export const Bounds = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Bounds = z.infer<typeof Bounds>;

/** The picture as the file lays it out. Coordinates are the file's own, in pixels. */
export const Diagram = z.object({
  shapes: z.array(
    z.object({
      elementId: z.string(),
      /** BPMN element name in lower camel case: `userTask`, `lane`, `participant`, `dataStoreReference`, `textAnnotation` … */
      kind: z.string(),
      name: z.string().optional(),
      bounds: Bounds,
      label: Bounds.optional(),
      parent: z.string().optional(),
      expanded: z.boolean().optional(),
      /** Trigger of an event: `none`, `message`, `timer`, `error`, `terminate`, `signal` … */
      event: z.string().optional(),
      interrupting: z.boolean().optional(),
      attachedTo: z.string().optional(),
      markers: z.array(z.string()).optional(),
    }),
  ),
  edges: z.array(
    z.object({
      elementId: z.string(),
      kind: z.enum(['sequenceFlow', 'messageFlow', 'association', 'dataAssociation']),
      name: z.string().optional(),
      source: z.string(),
      target: z.string(),
      waypoints: z.array(z.object({ x: z.number(), y: z.number() })),
      label: Bounds.optional(),
      isDefault: z.boolean().optional(),
      conditional: z.boolean().optional(),
    }),
  ),
});
export type Diagram = z.infer<typeof Diagram>;
