import type { LiveChange } from '@baton/contracts';
import type { EngineTransaction } from '../advance/engine-transaction.js';
import type { Transaction } from '../database/transaction.js';

/** The channel that every change is told on. Payloads carry ids only; whoever hears reads the rows under their own rights. */
export const LIVE_CHANNEL = 'baton_live';

/** Postgres limits a payload to 8000 bytes. */
const CHANGES_PER_PAYLOAD = 40;

/** One tenant's changes, as they travel. */
export interface LivePayload {
  readonly tenantId: string;
  readonly changes: readonly LiveChange[];
}

/** Tells listeners what this transaction changed; they hear it when it commits, and not at all when it does not. */
export async function notify(
  tx: EngineTransaction | Transaction,
  live: readonly { readonly tenantId: string; readonly change: LiveChange }[],
): Promise<void> {
  if (live.length === 0) return;
  const payloads: string[] = [];
  for (const [tenantId, changes] of Map.groupBy(live, (entry) => entry.tenantId)) {
    const distinct = [...new Map(changes.map(({ change }) => [`${change.topic} ${change.id}`, change])).values()];
    for (let from = 0; from < distinct.length; from += CHANGES_PER_PAYLOAD) {
      payloads.push(JSON.stringify({ tenantId, changes: distinct.slice(from, from + CHANGES_PER_PAYLOAD) } satisfies LivePayload));
    }
  }
  await tx.query(`select pg_notify('${LIVE_CHANNEL}', payload) from unnest($1::text[]) payload`, [payloads]);
}
