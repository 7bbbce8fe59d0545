import { newId } from '../row-id.js';
import type { Changes } from './changes.js';
import { commandTo, type ListenerRow } from '../signals/listener.js';
import type { EngineTransaction } from './engine-transaction.js';

/** Everybody else of the tenant (the thrower heard itself) who waits for a signal at this moment, and every process that starts by it. */
const LISTENERS = `
  select t.n, s.instance_id, s.key, s.element_id, s.part, s.process_definition_id
  from unnest($1::int[], $2::uuid[], $3::uuid[], $4::text[]) t (n, tenant_id, instance_id, signal_name)
  join signal_subscription s on s.tenant_id = t.tenant_id and s.signal_name = t.signal_name and s.instance_id is distinct from t.instance_id
  order by t.n, s.opened_at, s.id`;

/**
 * Brings the signals that a batch threw to all who wait for them, in the thrower's own transaction: each gets one command, or nothing
 * has happened. A signal is not kept; who subscribes at the same moment comes before or after it, as with any two transactions.
 */
export async function throwSignals(tx: EngineTransaction, changes: Changes): Promise<void> {
  const { signals } = changes;
  if (signals.length === 0) return;
  const listeners = await tx.query<ListenerRow & { readonly n: number }>(LISTENERS, [
    signals.map((_, n) => n),
    signals.map(({ tenantId }) => tenantId),
    signals.map(({ instanceId }) => instanceId),
    signals.map(({ signalName }) => signalName),
  ]);
  const started: { tenantId: string; id: string; definitionId: string }[] = [];
  for (const listener of listeners) {
    const { tenantId, variables } = signals[listener.n]!;
    const instanceId = listener.instance_id ?? newId();
    if (listener.instance_id === null) started.push({ tenantId, id: instanceId, definitionId: listener.process_definition_id });
    changes.commands.push({ tenantId, instanceId, command: commandTo(listener, variables) });
  }
  if (started.length === 0) return;
  await tx.query(
    'insert into process_instance (tenant_id, id, process_definition_id) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])',
    [started.map(({ tenantId }) => tenantId), started.map(({ id }) => id), started.map(({ definitionId }) => definitionId)],
  );
  for (const { tenantId, id } of started) changes.live.push({ tenantId, change: { topic: 'process-instance', id } });
}
