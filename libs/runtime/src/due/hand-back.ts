import type pg from 'pg';
import { withTenants } from '../advance/engine-transaction.js';
import { prepared } from '../database/connect.js';

/** What a worker has leased ends within the length of a lease: the due index finds it there. */
const HELD = `
  select tenant_id, id from job
  where kind <> 'external' and run_at > now() and run_at <= now() + $2 * interval '1 ms' and lease_owner = $1`;

/**
 * Gives up the leases of a worker that leaves, so that others take the jobs over at once and not when the leases run out.
 * A result that comes after this finds another epoch, and changes nothing.
 */
export async function handBack(
  dispatcher: pg.Pool,
  engine: pg.Pool,
  lease: { readonly owner: string; readonly ms: number },
): Promise<void> {
  const { rows } = await dispatcher.query<{ tenant_id: string; id: string }>(prepared(HELD, [lease.owner, lease.ms]));
  if (rows.length === 0) return;
  await withTenants(engine, new Set(rows.map(({ tenant_id }) => tenant_id)), (tx) =>
    tx.query(
      `update job set run_at = now(), lease_owner = null, lease_until = null, lease_epoch = lease_epoch + 1
       where tenant_id = any ($1::uuid[]) and id = any ($2::uuid[]) and lease_owner = $3`,
      [[...new Set(rows.map(({ tenant_id }) => tenant_id))], rows.map(({ id }) => id), lease.owner],
    ),
  );
}
