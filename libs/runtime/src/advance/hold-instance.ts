import type pg from 'pg';
import { notify } from '../live/notify.js';
import { rowId } from '../row-id.js';
import { withTenants } from './engine-transaction.js';
import type { InstanceRef } from './step-failed.js';

/**
 * Takes an instance whose step fails out of the way: its inbox is held back and an incident `internal` says so. A person resolves
 * it once the cause is gone; until then it cannot hold up anybody else.
 */
export async function holdInstance(pool: pg.Pool, { tenantId, instanceId: id }: InstanceRef, message: string): Promise<void> {
  await withTenants(pool, new Set([tenantId]), async (tx) => {
    await tx.query('update command set held = true where tenant_id = $1 and instance_id = $2 and not held', [tenantId, id]);
    await tx.query(
      `update job set run_at = now() + interval '1 minute' where tenant_id = $1 and instance_id = $2 and kind = 'timer' and run_at <= now()`,
      [tenantId, id],
    );
    // The instance's own incident has key 0; held again, it is opened again.
    const opened = await tx.query(
      `insert into incident (tenant_id, id, instance_id, key, element_id, code, message) values ($1, $2, $3, 0, '', 'internal', $4)
       on conflict (tenant_id, id) do update set state = 'open', message = excluded.message, resolved_at = null, created_at = now()
       where incident.state <> 'open' returning id`,
      [tenantId, rowId(id, 0), id, message.slice(0, 1_000)],
    );
    if (opened.length > 0)
      await tx.query('update process_instance set open_incidents = open_incidents + 1 where tenant_id = $1 and id = $2', [tenantId, id]);
    await notify(tx, [{ tenantId, change: { topic: 'incident', id: rowId(id, 0), processInstanceId: id } }]);
  });
}
