import type pg from 'pg';
import { encode } from '../codec.js';
import type { InboxCommand } from '../instances/insert-command.js';
import { notify } from '../live/notify.js';
import { newId, rowId } from '../row-id.js';
import { withTenants } from './engine-transaction.js';
import type { EngineTransaction } from './engine-transaction.js';
import type { Answer, ReadyInstance } from './ready.js';

/**
 * Takes an instance whose step fails out of the way: its inbox is held back and an incident `internal` says so. A person resolves
 * it once the cause is gone; until then it cannot hold up anybody else.
 *
 * What built-in handlers have answered waits in the inbox with the rest: their work is done, and must not be done again.
 */
export async function holdInstance(pool: pg.Pool, held: ReadyInstance, message: string): Promise<void> {
  const { tenantId, instanceId: id } = held;
  await withTenants(pool, new Set([tenantId]), async (tx) => {
    for (const answer of held.answers) await keepAnswer(tx, held, answer);
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

/** The job waits without a lease for its instance, so that nobody takes it over; an answer whose lease is lost counts for nothing. */
async function keepAnswer(tx: EngineTransaction, { tenantId, instanceId }: ReadyInstance, answer: Answer): Promise<void> {
  await tx.query(
    `with kept as (
       update job set run_at = 'infinity', lease_owner = null, lease_until = null
       where tenant_id = $1 and id = $2 and lease_epoch = $3 and lease_owner is not null returning id)
     insert into command (tenant_id, id, instance_id, payload, held) select $1, $4, $5, $6, true from kept`,
    [tenantId, answer.jobId, answer.epoch, newId(), instanceId, encode(commandOf(answer))],
  );
}

function commandOf(answer: Answer): InboxCommand {
  return answer.type === 'done'
    ? { type: 'completeJob', key: answer.key, variables: answer.variables }
    : { type: 'failJob', key: answer.key, message: answer.message };
}
