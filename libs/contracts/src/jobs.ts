import { z } from 'zod';
import { Variables } from './variables.js';

/** Leases up to `maxJobs` jobs of one type. `waitMs` holds the request open until one comes. */
export const ActivateJobsRequest = z.strictObject({
  type: z.string().min(1).max(255),
  worker: z.string().min(1).max(255),
  maxJobs: z.int().min(1).max(100).default(1),
  leaseMs: z.int().min(1000).max(3_600_000).default(60_000),
  waitMs: z.int().min(0).max(30_000).default(0),
});
export type ActivateJobsRequest = z.input<typeof ActivateJobsRequest>;

export const ActivatedJob = z.object({
  id: z.uuid(),
  type: z.string(),
  /** Stable over retries and redeliveries: use it as the idempotency key of the effect. */
  effectKey: z.string(),
  processInstanceId: z.uuid(),
  processId: z.string(),
  elementId: z.string(),
  headers: z.record(z.string(), z.string()),
  variables: Variables,
  retriesLeft: z.int(),
  /** Fencing: a result with another epoch gets 409 `job-lease-lost`. */
  leaseEpoch: z.int(),
  leaseUntil: z.iso.datetime(),
});
export type ActivatedJob = z.infer<typeof ActivatedJob>;

/** The answer to an activation; empty when there was nothing to do. */
export const ActivatedJobs = z.object({ items: z.array(ActivatedJob) });
export type ActivatedJobs = z.infer<typeof ActivatedJobs>;

export const CompleteJobRequest = z.strictObject({ leaseEpoch: z.int(), variables: Variables.default({}) });
export type CompleteJobRequest = z.input<typeof CompleteJobRequest>;

export const FailJobRequest = z.strictObject({
  leaseEpoch: z.int(),
  message: z.string().max(4000),
  retriesLeft: z.int().min(0).max(100).optional(),
  retryAfterMs: z.int().min(0).max(86_400_000).optional(),
});
export type FailJobRequest = z.input<typeof FailJobRequest>;

export const ThrowJobErrorRequest = z.strictObject({
  leaseEpoch: z.int(),
  errorCode: z.string().min(1).max(255),
  message: z.string().max(4000).optional(),
  variables: Variables.optional(),
});
export type ThrowJobErrorRequest = z.input<typeof ThrowJobErrorRequest>;

/** The work goes on, and so does the lease. */
export const ThrowJobEscalationRequest = z.strictObject({
  leaseEpoch: z.int(),
  escalationCode: z.string().min(1).max(255),
  variables: Variables.optional(),
});
export type ThrowJobEscalationRequest = z.input<typeof ThrowJobEscalationRequest>;
