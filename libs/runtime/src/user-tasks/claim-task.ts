import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import type { Transaction } from '../database/transaction.js';
import type { Actor } from './actor.js';
import { MAY_ACT, mayActValues, refuseTask, type TaskRef } from './decide-task.js';

export interface ActOnTask {
  readonly taskId: string;
  readonly actor: Actor;
}

/**
 * Takes a task for oneself. Claiming one's own task again changes nothing.
 *
 * @throws AppError 404 `not-found`, 409 `task-not-open`, 409 `task-claimed`, 403 `forbidden` when not a candidate.
 */
export async function claimTask(tx: Transaction, { taskId, actor }: ActOnTask): Promise<Accepted> {
  const [claimed] = await tx.query<TaskRef>(
    `update user_task set assignee = $3 where tenant_id = $1 and id = $2 and state = 'open'
       and (assignee is null or assignee = $3) and ${MAY_ACT} returning instance_id, key`,
    [tx.tenantId, ...mayActValues(taskId, actor)],
  );
  if (!claimed) throw await refuseTask(tx, taskId, actor);
  return insertCommand(tx, claimed.instance_id, { type: 'assignUserTask', key: claimed.key, assignee: actor.username, by: actor.username });
}
