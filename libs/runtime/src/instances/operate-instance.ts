import type { Change, Variables } from '@baton/engine';
import type { Transaction } from '../database/transaction.js';
import { checkVariables } from '../variables/check-variables.js';
import type { Accepted } from './accepted.js';
import { insertCommand } from './insert-command.js';
import { requireLive } from './require-live.js';

/** What an operator may ask of an instance, besides canceling it. */
export type Operation =
  | { readonly type: 'suspend' }
  | { readonly type: 'resume' }
  | { readonly type: 'setVariables'; readonly scope: number; readonly variables: Variables }
  | { readonly type: 'modify'; readonly changes: readonly Change[] }
  | { readonly type: 'rescheduleTimer'; readonly timer: number; readonly dueAt: number }
  | { readonly type: 'activateAdHoc'; readonly key: number; readonly elementIds: readonly string[] }
  | { readonly type: 'completeAdHoc'; readonly key: number };

export interface OperateInstance {
  readonly processInstanceId: string;
  readonly operation: Operation;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/**
 * Hands an operator's command to an instance. Whether it can take it is for its next step to say: `command_refusal` has the answer.
 *
 * @throws AppError 404 `not-found`, 409 `instance-not-active` when it has ended; the codes of `checkVariables`.
 */
export async function operateInstance(tx: Transaction, { processInstanceId, operation, reason, by }: OperateInstance): Promise<Accepted> {
  check(operation);
  await requireLive(tx, processInstanceId);
  return insertCommand(tx, processInstanceId, {
    ...operation,
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  });
}

function check(operation: Operation): void {
  if (operation.type === 'setVariables') checkVariables(operation.variables);
  if (operation.type !== 'modify') return;
  for (const change of operation.changes)
    if (change.type === 'activate' && change.variables !== undefined) checkVariables(change.variables);
}
