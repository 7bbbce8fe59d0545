import { EVENT_VERSION } from '@baton/engine';
import type { Event } from '@baton/engine';
import { encode } from '../codec.js';
import type { Changes } from './changes.js';
import type { EngineTransaction } from './engine-transaction.js';
import type { Stepped } from './stepped.js';

/**
 * The instances of a batch themselves: state, one history row each, the inbox emptied of what was taken, refusals kept.
 *
 * @throws Error when a revision moved although its row was locked: the batch must not commit.
 */
export async function writeInstances(tx: EngineTransaction, batch: readonly Stepped[], changes: Changes): Promise<void> {
  const moved = batch.filter(({ events }) => events.length > 0);
  const inbox = batch.flatMap(({ loaded, taken, refused }) =>
    [...taken, ...refused.map(({ incoming }) => incoming)].flatMap(({ commandId }) =>
      commandId === undefined ? [] : [{ tenantId: loaded.tenantId, commandId }],
    ),
  );
  const refusals = batch.flatMap(({ loaded, refused }) =>
    refused.flatMap((refusal) =>
      refusal.incoming.commandId === undefined ? [] : [{ loaded, refusal, commandId: refusal.incoming.commandId }],
    ),
  );
  for (const { loaded } of moved) changes.live.push({ tenantId: loaded.tenantId, change: { topic: 'process-instance', id: loaded.id } });
  await Promise.all([
    moved.length > 0 && updateInstances(tx, moved),
    moved.length > 0 && insertHistory(tx, moved),
    inbox.length > 0 &&
      tx.query('delete from command where tenant_id = any ($1::uuid[]) and id = any ($2::uuid[])', [
        [...new Set(inbox.map(({ tenantId }) => tenantId))],
        inbox.map(({ commandId }) => commandId),
      ]),
    refusals.length > 0 &&
      tx.query(
        `insert into command_refusal (tenant_id, id, instance_id, type, code, message, errors)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[])`,
        [
          refusals.map(({ loaded }) => loaded.tenantId),
          refusals.map(({ commandId }) => commandId),
          refusals.map(({ loaded }) => loaded.id),
          refusals.map(({ refusal }) => refusal.incoming.command.type),
          refusals.map(({ refusal }) => refusal.code),
          refusals.map(({ refusal }) => refusal.message),
          refusals.map(({ refusal }) => (refusal.errors ? JSON.stringify(refusal.errors) : null)),
        ],
      ),
  ]);
}

async function updateInstances(tx: EngineTransaction, moved: readonly Stepped[]): Promise<void> {
  // The statement itself fails when a row is missing: the commit is on its way already (division by zero).
  await tx.query(
    `with updated as (update process_instance i set state = n.state, revision = i.revision + 1, status = n.status, open_incidents = n.open_incidents,
       business_key = coalesce(i.business_key, n.business_key), ended_at = n.ended_at
     from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bytea[], $5::text[], $6::int[], $7::text[], $8::timestamptz[])
       n (tenant_id, id, revision, state, status, open_incidents, business_key, ended_at)
     where i.tenant_id = n.tenant_id and i.id = n.id and i.revision = n.revision
       and i.id = any ($2::uuid[]) returning 1)
     select 1 / (count(*) = $9::int)::int from updated`,
    [
      moved.map(({ loaded }) => loaded.tenantId),
      moved.map(({ loaded }) => loaded.id),
      moved.map(({ loaded }) => loaded.revision),
      moved.map(({ instance }) => encode(instance)),
      moved.map(({ instance }) => instance.status),
      moved.map(({ instance }) => instance.incidents.length),
      moved.map(({ instance }) => instance.businessKey ?? null),
      moved.map(({ instance }) => (hasEnded(instance) ? new Date(instance.at) : null)),
      moved.length,
    ],
  );
}

async function insertHistory(tx: EngineTransaction, moved: readonly Stepped[]): Promise<void> {
  await tx.query(
    `insert into history (tenant_id, instance_id, first_seq, count, at, version, events)
     select h.tenant_id, h.instance_id, h.first_seq, h.count, h.at, $7, h.events
     from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::timestamptz[], $6::bytea[]) h (tenant_id, instance_id, first_seq, count, at, events)`,
    [
      moved.map(({ loaded }) => loaded.tenantId),
      moved.map(({ loaded }) => loaded.id),
      moved.map(({ firstSequence }) => firstSequence),
      moved.map(({ events }) => events.length),
      moved.map(({ instance }) => new Date(instance.at)),
      moved.map(({ events }) => encode(events.map(forHistory))),
      EVENT_VERSION,
    ],
  );
}

/** What the worker of a job got to see is in the variables anyway. */
function forHistory(event: Event): Event {
  if (event.type !== 'jobCreated' || event.variables === undefined) return event;
  const { variables: _, ...kept } = event;
  return kept;
}

export function hasEnded({ status }: { readonly status: string }): boolean {
  return status === 'completed' || status === 'terminated';
}
