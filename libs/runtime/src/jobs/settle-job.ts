import type { Transaction } from '../database/transaction.js';
import { jobLeaseLost, notFound } from '../problems.js';
import { isId } from '../row-id.js';

/** A result for a leased job. */
export interface JobRef {
  readonly jobId: string;
  /** From the activation: a result with another epoch changes nothing. */
  readonly leaseEpoch: number;
}

export type SettledJob = { instance_id: string; key: number; lease_owner: string | null };

const SETTLE = `
  update job j set lease_owner = null, lease_until = null, run_at = 'infinity'
  from (select tenant_id, id, lease_owner from job where tenant_id = $1 and id = $2 for no key update) old
  where j.tenant_id = old.tenant_id and j.id = old.id and j.kind = 'external' and j.lease_epoch = $3 and j.lease_owner is not null
  returning j.instance_id, j.key, old.lease_owner`;

/**
 * Ends the lease of a job because its result has arrived; the job itself goes with its instance's next step.
 *
 * A lease that has run out still counts as long as nobody else has taken the job.
 *
 * @throws AppError 409 `job-lease-lost` when it was settled, withdrawn or given to another, 404 `not-found` when it never was.
 */
export async function settleJob(tx: Transaction, { jobId, leaseEpoch }: JobRef): Promise<SettledJob> {
  if (!isId(jobId)) throw notFound('job');
  const [settled] = await tx.query<SettledJob>(SETTLE, [tx.tenantId, jobId, leaseEpoch]);
  if (settled) return settled;
  throw (await wasJob(tx, jobId)) ? jobLeaseLost() : notFound('job');
}

const HELD = `
  select instance_id, key, lease_owner from job
  where tenant_id = $1 and id = $2 and kind = 'external' and lease_epoch = $3 and lease_owner is not null for no key update`;

/** Makes sure that the lease of a job is held, and leaves it so. @throws AppError as `settleJob`. */
export async function requireLease(tx: Transaction, { jobId, leaseEpoch }: JobRef): Promise<SettledJob> {
  if (!isId(jobId)) throw notFound('job');
  const [held] = await tx.query<SettledJob>(HELD, [tx.tenantId, jobId, leaseEpoch]);
  if (held) return held;
  throw (await wasJob(tx, jobId)) ? jobLeaseLost() : notFound('job');
}

/** A job's row goes when it is done, but its id still says whose it was: the instance's, up to the lower 32 bits. */
async function wasJob(tx: Transaction, jobId: string): Promise<boolean> {
  const upper = jobId.slice(0, 28);
  const found = await tx.query('select id from process_instance where tenant_id = $1 and id between $2 and $3 limit 1', [
    tx.tenantId,
    `${upper}00000000`,
    `${upper}ffffffff`,
  ]);
  return found.length > 0;
}
