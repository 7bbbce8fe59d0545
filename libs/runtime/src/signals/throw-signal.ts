import type { ThrownSignal } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { newId } from '../row-id.js';
import { checkVariables } from '../variables/check-variables.js';
import { commandTo, type ListenerRow } from './listener.js';

export interface ThrowSignal {
  readonly name: string;
  readonly variables?: Variables | undefined;
  readonly by?: string | undefined;
}

/**
 * Throws a signal from outside: everybody of the tenant who waits for it at this moment gets it, and every process that starts by it
 * starts, all in one transaction. It is not kept (`docs/decisions/0016`).
 */
export async function throwSignal(tx: Transaction, { name, variables = {}, by }: ThrowSignal): Promise<ThrownSignal> {
  const payload = checkVariables(variables);
  const listeners = await tx.query<ListenerRow>(
    `select instance_id, key, element_id, part, process_definition_id from signal_subscription
     where tenant_id = $1 and signal_name = $2 order by opened_at, id`,
    [tx.tenantId, name],
  );
  if (listeners.length === 0) return { reached: 0, started: 0 };
  const asked = listeners.map((listener) => ({
    listener,
    instanceId: listener.instance_id ?? newId(),
    command: { ...commandTo(listener, payload), ...(by !== undefined && { by }) },
  }));
  const started = asked.filter(({ listener }) => listener.instance_id === null);
  await tx.query(
    `insert into process_instance (tenant_id, id, process_definition_id, started_by)
     select $1, s.id, s.definition_id, $4 from unnest($2::uuid[], $3::uuid[]) s (id, definition_id)`,
    [tx.tenantId, started.map(({ instanceId }) => instanceId), started.map(({ listener }) => listener.process_definition_id), by ?? null],
  );
  await tx.query(
    `insert into command (tenant_id, id, instance_id, payload)
     select $1, c.id, c.instance_id, c.payload from unnest($2::uuid[], $3::uuid[], $4::bytea[]) c (id, instance_id, payload)`,
    [tx.tenantId, asked.map(() => newId()), asked.map(({ instanceId }) => instanceId), asked.map(({ command }) => encode(command))],
  );
  tx.wake();
  return { reached: asked.length - started.length, started: started.length };
}
