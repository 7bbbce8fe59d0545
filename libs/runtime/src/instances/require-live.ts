import type { Transaction } from '../database/transaction.js';
import { instanceNotActive, notFound } from '../problems.js';
import { isId } from '../row-id.js';

/** The definition of an instance that has not ended. @throws AppError 404 `not-found`, 409 `instance-not-active`. */
export async function requireLive(tx: Transaction, processInstanceId: string): Promise<{ readonly definitionId: string }> {
  if (!isId(processInstanceId)) throw notFound('process instance');
  const [found] = await tx.query<{ ended: boolean; definition_id: string }>(
    `select ended_at is not null as ended, process_definition_id as definition_id from process_instance where tenant_id = $1 and id = $2`,
    [tx.tenantId, processInstanceId],
  );
  if (!found) throw notFound('process instance');
  if (found.ended) throw instanceNotActive();
  return { definitionId: found.definition_id };
}
