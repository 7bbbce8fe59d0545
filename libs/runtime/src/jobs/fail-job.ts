import type { Transaction } from '../database/transaction.js';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import { settleJob, type JobRef } from './settle-job.js';

export interface FailJob extends JobRef {
  readonly message: string;
  /** 0 makes an incident. Absent: one less than before. */
  readonly retriesLeft?: number | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** Reports that a leased job could not be done this time. @throws AppError as `settleJob`. */
export async function failJob(tx: Transaction, { message, retriesLeft, retryAfterMs, ...job }: FailJob): Promise<Accepted> {
  const { instance_id, key, lease_owner } = await settleJob(tx, job);
  const [clock] = await tx.query<{ now: number }>('select extract(epoch from now())::float8 * 1000 as now');
  return insertCommand(tx, instance_id, {
    type: 'failJob',
    key,
    message,
    ...(retriesLeft !== undefined && { retriesLeft }),
    ...(retryAfterMs !== undefined && clock && { retryAt: Math.ceil(clock.now) + retryAfterMs }),
    ...(lease_owner !== null && { by: lease_owner }),
  });
}
