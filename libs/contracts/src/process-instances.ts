import { z } from 'zod';
import { PageQuery } from './page.js';
import { Variables } from './variables.js';

/** Starts the latest version of `processId`, or exactly `processDefinitionId`. */
export const StartRequest = z.strictObject({
  processId: z.string().min(1).max(255).optional(),
  processDefinitionId: z.string().optional(),
  version: z.int().min(1).optional(),
  businessKey: z.string().max(255).optional(),
  variables: Variables.default({}),
});
export type StartRequest = z.input<typeof StartRequest>;

/** Offered to the conditional start events of a definition. */
export const ConditionalStartRequest = z.strictObject({ variables: Variables });
export type ConditionalStartRequest = z.infer<typeof ConditionalStartRequest>;

/** The instances that it started: one for each start event whose condition was true. */
export const StartedByCondition = z.object({ started: z.array(z.uuid()) });
export type StartedByCondition = z.infer<typeof StartedByCondition>;

export const InstanceState = z.enum(['starting', 'active', 'suspended', 'completed', 'terminated']);
export type InstanceState = z.infer<typeof InstanceState>;

export const Started = z.object({ id: z.uuid(), state: InstanceState });
export type Started = z.infer<typeof Started>;

export const IncidentView = z.object({
  id: z.uuid(),
  processInstanceId: z.uuid(),
  elementId: z.string(),
  code: z.string(),
  message: z.string(),
  createdAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().optional(),
});
export type IncidentView = z.infer<typeof IncidentView>;

export const ProcessInstance = z.object({
  id: z.uuid(),
  processId: z.string(),
  processName: z.string(),
  processDefinitionId: z.uuid(),
  version: z.int(),
  businessKey: z.string().optional(),
  state: InstanceState,
  startedAt: z.iso.datetime(),
  startedBy: z.string().optional(),
  endedAt: z.iso.datetime().optional(),
  parentInstanceId: z.uuid().optional(),
  openIncidents: z.int(),
});
export type ProcessInstance = z.infer<typeof ProcessInstance>;

export const ProcessInstanceDetail = ProcessInstance.extend({
  /** The root scope's variables. */
  variables: Variables,
  incidents: z.array(IncidentView),
  /** Instances its call activities started: call activity element → instance. */
  children: z.array(z.object({ id: z.uuid(), processId: z.string(), elementId: z.string(), state: InstanceState })),
});
export type ProcessInstanceDetail = z.infer<typeof ProcessInstanceDetail>;

export const InstanceQuery = PageQuery.extend({
  state: InstanceState.optional(),
  processId: z.string().optional(),
  businessKey: z.string().optional(),
});
export type InstanceQuery = z.input<typeof InstanceQuery>;

/** One step of an instance: `events` are the engine's own (`Event` of `@baton/engine`), in order. */
export const HistoryStep = z.object({
  firstSequence: z.int(),
  count: z.int(),
  version: z.int(),
  at: z.iso.datetime(),
  events: z.array(z.looseObject({ type: z.string() })),
});
export type HistoryStep = z.infer<typeof HistoryStep>;

export const CancelRequest = z.strictObject({ reason: z.string().max(1000).optional() });
export type CancelRequest = z.infer<typeof CancelRequest>;

export const ResolveIncidentRequest = z.strictObject({ retries: z.int().min(1).max(100).optional() });
export type ResolveIncidentRequest = z.infer<typeof ResolveIncidentRequest>;
