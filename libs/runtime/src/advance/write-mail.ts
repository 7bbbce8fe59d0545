import { encode } from '../codec.js';
import { newId } from '../row-id.js';
import type { Changes } from './changes.js';
import { column, ids, instances, tenants } from './columns.js';
import type { EngineTransaction } from './engine-transaction.js';
import { Overtaken } from './overtaken.js';

/** How long a message sent by a process waits for its receiver, in milliseconds. */
const SENT_MESSAGE_TTL_MS = 3_600_000;

/** Messages on their way, and who waits for one. */
export async function writeMessages(tx: EngineTransaction, changes: Changes): Promise<void> {
  const { subscriptions, subscriptionsClosed, subscriptionsMet, messages } = changes;
  const [, , closed] = await Promise.all([
    subscriptions.length > 0 &&
      tx.query(
        `insert into message_subscription (tenant_id, id, instance_id, key, process_definition_id, process_id, element_id, message_name, correlation_key)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[])`,
        [
          tenants(subscriptions),
          ids(subscriptions),
          instances(subscriptions),
          column(subscriptions, ({ key }) => key),
          column(subscriptions, ({ definitionId }) => definitionId),
          column(subscriptions, ({ processId }) => processId),
          column(subscriptions, ({ elementId }) => elementId),
          column(subscriptions, ({ messageName }) => messageName),
          column(subscriptions, ({ correlationKey }) => correlationKey),
        ],
      ),
    subscriptionsMet.length > 0 &&
      tx.query(
        'delete from message_subscription s using unnest($1::uuid[], $2::uuid[]) c (tenant_id, id) where s.tenant_id = c.tenant_id and s.id = c.id',
        [tenants(subscriptionsMet), ids(subscriptionsMet)],
      ),
    subscriptionsClosed.length > 0 &&
      tx.query(
        `delete from message_subscription s using unnest($1::uuid[], $2::uuid[], $3::bool[]) c (tenant_id, id, refused)
         where s.tenant_id = c.tenant_id and s.id = c.id and (s.matched_message_id is null or c.refused) returning s.id`,
        [tenants(subscriptionsClosed), ids(subscriptionsClosed), column(subscriptionsClosed, ({ refused }) => refused)],
      ),
  ]);
  if (closed && closed.length < subscriptionsClosed.length) throw new Overtaken('A subscription to be closed has just got its message.');
  if (messages.length === 0) return;
  const messageIds = messages.map(() => newId());
  await tx.query(
    `with sent as (
       insert into message (tenant_id, id, name, correlation_key, message_id, payload, expires_at)
       select m.tenant_id, m.id, m.name, m.correlation_key, m.message_id, m.payload, now() + $7 * interval '1 ms'
       from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::bytea[]) m (tenant_id, id, name, correlation_key, message_id, payload)
       on conflict (tenant_id, name, correlation_key, message_id) do nothing returning tenant_id, id)
     insert into job (tenant_id, id, kind) select tenant_id, id, 'message' from sent`,
    [
      tenants(messages),
      messageIds,
      column(messages, ({ name }) => name),
      column(messages, ({ correlationKey }) => correlationKey),
      ids(messages),
      column(messages, ({ variables }) => encode(variables)),
      SENT_MESSAGE_TTL_MS,
    ],
  );
}

/** Who waits for a signal. Signals themselves are commands already. */
export async function writeSignalSubscriptions(
  tx: EngineTransaction,
  { signalSubscriptions, signalSubscriptionsGone }: Changes,
): Promise<void> {
  await Promise.all([
    signalSubscriptions.length > 0 &&
      tx.query(
        `insert into signal_subscription (tenant_id, id, instance_id, key, process_definition_id, process_id, element_id, signal_name)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::text[])`,
        [
          tenants(signalSubscriptions),
          ids(signalSubscriptions),
          instances(signalSubscriptions),
          column(signalSubscriptions, ({ key }) => key),
          column(signalSubscriptions, ({ definitionId }) => definitionId),
          column(signalSubscriptions, ({ processId }) => processId),
          column(signalSubscriptions, ({ elementId }) => elementId),
          column(signalSubscriptions, ({ signalName }) => signalName),
        ],
      ),
    signalSubscriptionsGone.length > 0 &&
      tx.query(
        'delete from signal_subscription s using unnest($1::uuid[], $2::uuid[]) g (tenant_id, id) where s.tenant_id = g.tenant_id and s.id = g.id',
        [tenants(signalSubscriptionsGone), ids(signalSubscriptionsGone)],
      ),
  ]);
}
