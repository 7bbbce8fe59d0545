import type { Transaction } from '../database/transaction.js';
import { instanceNotActive, notFound } from '../problems.js';
import { isId } from '../row-id.js';
import type { Accepted } from './accepted.js';
import { insertCommand } from './insert-command.js';

export interface CancelInstance {
  readonly processInstanceId: string;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/**
 * Cancels an instance and, with it, everything it called.
 *
 * @throws AppError 404 `not-found`, 409 `instance-not-active` when it has ended.
 */
export async function cancelInstance(tx: Transaction, { processInstanceId, reason, by }: CancelInstance): Promise<Accepted> {
  if (!isId(processInstanceId)) throw notFound('process instance');
  const canceled = await tx.query(
    'update process_instance set cancel_requested = true where tenant_id = $1 and id = $2 and ended_at is null returning id',
    [tx.tenantId, processInstanceId],
  );
  if (canceled.length === 0) {
    const found = await tx.query('select id from process_instance where tenant_id = $1 and id = $2', [tx.tenantId, processInstanceId]);
    throw found.length === 0 ? notFound('process instance') : instanceNotActive();
  }
  return insertCommand(tx, processInstanceId, {
    type: 'cancel',
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  });
}
