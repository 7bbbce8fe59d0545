import type pg from 'pg';
import { withTenants } from '../advance/engine-transaction.js';
import type { HeldJob } from '../advance/run-connectors.js';
import { decode } from '../codec.js';
import type { JobPayload } from '../jobs/job-payload.js';
import type { DueRow } from './find-work.js';

type LeasedRow = { tenant_id: string; instance_id: string; id: string; key: number; type: string; lease_epoch: number; payload: Buffer };

/**
 * Takes over built-in jobs that are due again: their worker died, their lease ran out, or they failed and waited. The epoch moves
 * on, so that whoever had them before can no longer hand in a result.
 */
export async function leaseConnectors(
  pool: pg.Pool,
  due: readonly DueRow[],
  lease: { readonly owner: string; readonly ms: number },
): Promise<HeldJob[]> {
  if (due.length === 0) return [];
  const rows = await withTenants(pool, new Set(due.map(({ tenantId }) => tenantId)), (tx) =>
    tx.query<LeasedRow>(
      `with due as (
         select j.tenant_id, j.id from unnest($1::uuid[], $2::uuid[]) d (tenant_id, id)
         join job j on j.tenant_id = d.tenant_id and j.id = d.id
         where j.kind = 'connector' and j.run_at <= now() and j.retries_left > 0 for no key update of j skip locked)
       update job j set lease_owner = $3, lease_until = now() + $4 * interval '1 ms', run_at = now() + $4 * interval '1 ms',
         lease_epoch = j.lease_epoch + 1, attempts = j.attempts + 1
       from due where j.tenant_id = due.tenant_id and j.id = due.id
       returning j.tenant_id, j.instance_id, j.id, j.key, j.type, j.lease_epoch, j.payload`,
      [due.map(({ tenantId }) => tenantId), due.map(({ id }) => id), lease.owner, lease.ms],
    ),
  );
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    instanceId: row.instance_id,
    id: row.id,
    key: row.key,
    type: row.type,
    epoch: row.lease_epoch,
    payload: decode<JobPayload>(row.payload),
  }));
}
