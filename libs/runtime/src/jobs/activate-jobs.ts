import type { ActivatedJob } from '@baton/contracts';
import { decode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { effectKey, type JobPayload } from './job-payload.js';

export interface ActivateJobs {
  readonly type: string;
  /** Names the worker in the lease. */
  readonly worker: string;
  readonly maxJobs?: number | undefined;
  readonly leaseMs?: number | undefined;
}

type LeasedRow = {
  id: string;
  instance_id: string;
  key: number;
  process_id: string;
  retries_left: number;
  lease_epoch: number;
  lease_until: Date;
  payload: Buffer;
};

/** Jobs whose lease has run out are due again; those another transaction is taking this moment are skipped. */
const LEASE = `
  with due as (
    select tenant_id, id from job
    where tenant_id = $1 and kind = 'external' and type = $2 and run_at <= now()
    order by run_at, id limit $3 for no key update skip locked
  ), leased as (
    update job j set lease_owner = $4, lease_until = now() + $5 * interval '1 ms', run_at = now() + $5 * interval '1 ms',
      lease_epoch = j.lease_epoch + 1, attempts = j.attempts + 1
    from due where j.tenant_id = due.tenant_id and j.id = due.id
    returning j.id, j.instance_id, j.key, j.process_definition_id, j.retries_left, j.lease_epoch, j.lease_until, j.payload
  )
  select leased.*, d.process_id from leased
  join process_definition d on d.tenant_id = $1 and d.id = leased.process_definition_id order by leased.id`;

/** Leases up to `maxJobs` due jobs of a type to a worker: for that time nobody else gets them. Empty when there are none. */
export async function activateJobs(tx: Transaction, { type, worker, maxJobs, leaseMs }: ActivateJobs): Promise<ActivatedJob[]> {
  const rows = await tx.query<LeasedRow>(LEASE, [tx.tenantId, type, maxJobs ?? 1, worker, leaseMs ?? 60_000]);
  return rows.map((row) => {
    const payload = decode<JobPayload>(row.payload);
    const { elementId, headers, variables } = payload;
    return {
      id: row.id,
      type,
      effectKey: effectKey(tx.tenantId, row.instance_id, payload, row.key),
      processInstanceId: row.instance_id,
      processId: row.process_id,
      elementId,
      headers: { ...headers },
      variables: variables as ActivatedJob['variables'],
      retriesLeft: row.retries_left,
      leaseEpoch: row.lease_epoch,
      leaseUntil: row.lease_until.toISOString(),
    };
  });
}
