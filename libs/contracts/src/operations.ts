import { z } from 'zod';
import { ProblemDetail } from './problem.js';
import { Variables } from './variables.js';

/** Goes into the history. */
const reason = z.string().max(1000).optional();
/** Of an element instance or a scope, as the history names it. */
const key = z.int().min(0);
const elementId = z.string().min(1).max(255);

export const SuspendRequest = z.strictObject({ reason });
export type SuspendRequest = z.infer<typeof SuspendRequest>;

export const ResumeRequest = z.strictObject({ reason });
export type ResumeRequest = z.infer<typeof ResumeRequest>;

/** Writes variables into a scope; 0, the default, is the instance's own. */
export const SetVariablesRequest = z.strictObject({ variables: Variables, scope: key.default(0), reason });
export type SetVariablesRequest = z.input<typeof SetVariablesRequest>;

/** Ends an element instance, starts an element, or moves a token from one to the other. */
export const Change = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('terminate'), key }),
  z.strictObject({ type: z.literal('activate'), elementId, scope: key.optional(), variables: Variables.optional() }),
  z.strictObject({ type: z.literal('move'), key, elementId }),
]);
export type Change = z.infer<typeof Change>;

/** All of it is done, or nothing. */
export const ModifyRequest = z.strictObject({ changes: z.array(Change).min(1).max(100), reason });
export type ModifyRequest = z.infer<typeof ModifyRequest>;

/** To exactly `targetDefinitionId`, or to another `version` of the process that the instance runs. */
export const MigrateRequest = z.strictObject({
  targetDefinitionId: z.string().optional(),
  version: z.int().min(1).optional(),
  /** Old element id → new element id. What is not named keeps its id. */
  mapping: z.record(elementId, elementId).default({}),
  reason,
});
export type MigrateRequest = z.input<typeof MigrateRequest>;

/** What a migration would be refused for now; without problems it would be done. */
export const MigrationPlan = z.object({ targetDefinitionId: z.uuid(), problems: z.array(ProblemDetail) });
export type MigrationPlan = z.infer<typeof MigrationPlan>;

/** `timer` is the key of the timer in the history. */
export const RescheduleTimerRequest = z.strictObject({ timer: key, dueAt: z.iso.datetime({ offset: true }), reason });
export type RescheduleTimerRequest = z.infer<typeof RescheduleTimerRequest>;

/** `key` is the element instance of the ad-hoc sub-process. */
export const StartAdHocRequest = z.strictObject({ key, elementIds: z.array(elementId).min(1).max(100) });
export type StartAdHocRequest = z.infer<typeof StartAdHocRequest>;

export const CompleteAdHocRequest = z.strictObject({ key });
export type CompleteAdHocRequest = z.infer<typeof CompleteAdHocRequest>;
