import { nextFiring } from '@baton/engine';
import type pg from 'pg';
import { withTenants } from '../advance/engine-transaction.js';
import { decode, encode } from '../codec.js';
import type { StartTimer } from '../definitions/replace-starts.js';
import type { InboxCommand } from '../instances/insert-command.js';
import { newId } from '../row-id.js';
import type { DueRow } from './find-work.js';

type StartRow = { process_definition_id: string; payload: Buffer };

/**
 * Starts an instance because the timer of its start event is due. The row moves on to its next firing, or goes, in the same
 * transaction: two workers that see it due start one instance.
 */
export async function fireStart(pool: pg.Pool, { tenantId, id }: DueRow): Promise<{ tenantId: string; instanceId: string } | null> {
  return withTenants(pool, new Set([tenantId]), async (tx) => {
    const [row] = await tx.query<StartRow>(
      `select process_definition_id, payload from job where tenant_id = $1 and id = $2 and kind = 'start' and run_at <= now()
       for no key update skip locked`,
      [tenantId, id],
    );
    if (!row) return null;
    const { elementId, part, ...firing } = decode<StartTimer>(row.payload);
    const start = part === undefined ? { elementId } : { elementId, part };
    const instanceId = newId();
    const command: InboxCommand = { type: 'start', variables: {}, startElementId: elementId, ...(part !== undefined && { part }) };
    const next = nextFiring(firing);
    await Promise.all([
      tx.query('insert into process_instance (tenant_id, id, process_definition_id) values ($1, $2, $3)', [
        tenantId,
        instanceId,
        row.process_definition_id,
      ]),
      tx.query('insert into command (tenant_id, id, instance_id, payload) values ($1, $2, $3, $4)', [
        tenantId,
        newId(),
        instanceId,
        encode(command),
      ]),
      next === undefined
        ? tx.query('delete from job where tenant_id = $1 and id = $2', [tenantId, id])
        : tx.query('update job set run_at = to_timestamp($3::float8 / 1000), payload = $4 where tenant_id = $1 and id = $2', [
            tenantId,
            id,
            next.dueAt,
            encode({ ...start, ...next } satisfies StartTimer),
          ]),
    ]);
    return { tenantId, instanceId };
  });
}
