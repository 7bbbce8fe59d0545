import type { PublishedMessage } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { newId } from '../row-id.js';
import { checkVariables } from '../variables/check-variables.js';

export interface PublishMessage {
  readonly name: string;
  /** Absent or null: matched by name alone. */
  readonly correlationKey?: string | null | undefined;
  /** The same name, key and message id is accepted once while the message lives. */
  readonly messageId?: string | undefined;
  /** How long it waits for a subscription that is not there yet; 0: not at all. */
  readonly timeToLiveMs?: number | undefined;
  readonly variables?: Variables | undefined;
}

const INSERT = `
  with published as (
    insert into message (tenant_id, id, name, correlation_key, message_id, payload, expires_at)
    values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 ms')
    on conflict (tenant_id, name, correlation_key, message_id) do nothing returning id
  )
  insert into job (tenant_id, id, kind) select $1, id, 'message' from published returning id`;

/** Publishes a message; the correlator brings it to whoever waits for it. */
export async function publishMessage(tx: Transaction, message: PublishMessage): Promise<PublishedMessage> {
  const id = newId();
  const { name, correlationKey, messageId = id, timeToLiveMs = 0 } = message;
  const payload = encode(checkVariables(message.variables ?? {}));
  const published = await tx.query(INSERT, [tx.tenantId, id, name, correlationKey ?? '', messageId, payload, timeToLiveMs]);
  if (published.length > 0) {
    tx.wake();
    return { id, messageId };
  }
  const [first] = await tx.query<{ id: string }>(
    'select id from message where tenant_id = $1 and name = $2 and correlation_key = $3 and message_id = $4',
    [tx.tenantId, name, correlationKey ?? '', messageId],
  );
  return { id: first?.id ?? id, messageId };
}
