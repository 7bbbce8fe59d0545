import type { Variables } from '@baton/engine';
import type pg from 'pg';
import { withTenants, type EngineTransaction } from '../advance/engine-transaction.js';
import { decode, encode } from '../codec.js';
import type { InboxCommand } from '../instances/insert-command.js';
import { newId } from '../row-id.js';
import type { DueRow } from './find-work.js';

type MessageRow = {
  id: string;
  name: string;
  correlation_key: string;
  message_id: string;
  payload: Buffer;
  expired: boolean;
  expires_at: Date;
};
type SubscriptionRow = {
  id: string;
  instance_id: string | null;
  key: number | null;
  process_definition_id: string;
  process_id: string;
  element_id: string;
  part: number | null;
};
export interface Reached {
  readonly tenantId: string;
  readonly instanceId: string;
}

/**
 * Pairs messages with those who wait for them: each fresh message with the subscriptions that are open, each fresh subscription
 * with the messages that are buffered. Both sides only ever insert rows, and each leaves a due row behind, so that a message and
 * a subscription that appear at the same moment meet whichever is looked at last.
 *
 * Who waits without a key takes any message of the name. A message reaches each process once, the oldest subscription first; where nobody waits, a message start event starts one.
 * One transaction a tenant, one at a time.
 */
export async function correlate(pool: pg.Pool, tenantId: string, due: readonly DueRow[]): Promise<Reached[]> {
  return withTenants(pool, new Set([tenantId]), async (tx) => {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`correlate:${tenantId}`]);
    const reached: Reached[] = [];
    for (const { id, kind } of due) {
      if (kind === 'message') reached.push(...(await deliverMessage(tx, tenantId, id)));
      else reached.push(...(await serveSubscription(tx, tenantId, id)));
    }
    return reached;
  });
}

async function deliverMessage(tx: EngineTransaction, tenantId: string, id: string): Promise<Reached[]> {
  const [message] = await tx.query<MessageRow>(
    'select id, name, correlation_key, message_id, payload, expires_at, expires_at <= now() as expired from message where tenant_id = $1 and id = $2',
    [tenantId, id],
  );
  if (!message) {
    await tx.query('delete from job where tenant_id = $1 and id = $2', [tenantId, id]);
    return [];
  }
  const open = await tx.query<SubscriptionRow>(
    `select distinct on (s.process_id) s.id, s.instance_id, s.key, s.process_definition_id, s.process_id, s.element_id, s.part
     from message_subscription s where s.tenant_id = $1 and s.message_name = $2 and s.matched_message_id is null
       and (s.instance_id is null or s.correlation_key in ($3, ''))
       and not exists (select 1 from message_correlation c where c.tenant_id = $1 and c.message_id = $4 and c.process_id = s.process_id)
     order by s.process_id, (s.instance_id is null), s.opened_at, s.id`,
    [tenantId, message.name, message.correlation_key, id],
  );
  const reached: Reached[] = [];
  for (const subscription of open) reached.push(await pair(tx, tenantId, message, subscription));
  if (message.expired) {
    await tx.query('delete from message where tenant_id = $1 and id = $2', [tenantId, id]);
    await tx.query('delete from job where tenant_id = $1 and id = $2', [tenantId, id]);
  } else {
    // Looked at once more when its life is over, to be forgotten then.
    await tx.query('update job set run_at = $3 where tenant_id = $1 and id = $2', [tenantId, id, message.expires_at]);
  }
  return reached;
}

async function serveSubscription(tx: EngineTransaction, tenantId: string, id: string): Promise<Reached[]> {
  await tx.query('delete from job where tenant_id = $1 and id = $2', [tenantId, id]);
  const [subscription] = await tx.query<SubscriptionRow & { message_name: string; correlation_key: string }>(
    `select id, instance_id, key, process_definition_id, process_id, element_id, part, message_name, correlation_key from message_subscription
     where tenant_id = $1 and id = $2 and matched_message_id is null`,
    [tenantId, id],
  );
  if (!subscription) return [];
  const [message] = await tx.query<MessageRow>(
    `select m.id, m.name, m.correlation_key, m.message_id, m.payload, m.expires_at, false as expired from message m
     where m.tenant_id = $1 and m.name = $2 and (m.correlation_key = $3 or $3 = '') and m.expires_at > now()
       and not exists (select 1 from message_correlation c where c.tenant_id = $1 and c.message_id = m.id and c.process_id = $4)
     order by m.id limit 1`,
    [tenantId, subscription.message_name, subscription.correlation_key, subscription.process_id],
  );
  return message ? [await pair(tx, tenantId, message, subscription)] : [];
}

/** What a business key may be long; a longer correlation key starts an instance without one. */
const BUSINESS_KEY_MAX = 255;

/** The unique key of `message_correlation` is what makes it once per process. */
async function pair(tx: EngineTransaction, tenantId: string, message: MessageRow, subscription: SubscriptionRow): Promise<Reached> {
  const variables = decode<Variables>(message.payload);
  const instanceId = subscription.instance_id ?? newId();
  const businessKey = message.correlation_key.length <= BUSINESS_KEY_MAX ? message.correlation_key : '';
  if (subscription.instance_id === null) {
    await tx.query(
      `insert into process_instance (tenant_id, id, process_definition_id, business_key) values ($1, $2, $3, nullif($4, ''))`,
      [tenantId, instanceId, subscription.process_definition_id, businessKey],
    );
  } else {
    await tx.query('update message_subscription set matched_message_id = $3 where tenant_id = $1 and id = $2', [
      tenantId,
      subscription.id,
      message.id,
    ]);
  }
  const command: InboxCommand =
    subscription.instance_id === null
      ? {
          type: 'start',
          variables,
          startElementId: subscription.element_id,
          ...(subscription.part !== null && { part: subscription.part }),
          ...(businessKey !== '' && { businessKey }),
        }
      : { type: 'correlateMessage', subscription: subscription.key!, messageId: message.message_id, variables };
  await tx.query('insert into message_correlation (tenant_id, message_id, process_id, instance_id) values ($1, $2, $3, $4)', [
    tenantId,
    message.id,
    subscription.process_id,
    instanceId,
  ]);
  await tx.query('insert into command (tenant_id, id, instance_id, payload) values ($1, $2, $3, $4)', [
    tenantId,
    newId(),
    instanceId,
    encode(command),
  ]);
  return { tenantId, instanceId };
}
