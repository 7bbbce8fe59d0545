import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import type { Transaction } from '../database/transaction.js';
import type { ActOnTask } from './claim-task.js';
import { MAY_ACT, mayActValues, refuseTask, type TaskRef } from './decide-task.js';

/**
 * Gives a task back to its candidates. Its assignee may, and a supervisor.
 *
 * @throws AppError 404 `not-found`, 409 `task-not-open`, 409 `task-claimed` by another, 403 `forbidden`.
 */
export async function releaseTask(tx: Transaction, { taskId, actor }: ActOnTask): Promise<Accepted> {
  const [released] = await tx.query<TaskRef>(
    `update user_task set assignee = null where tenant_id = $1 and id = $2 and state = 'open'
       and (assignee is null or assignee = $3 or $5::bool) and ${MAY_ACT} returning instance_id, key`,
    [tx.tenantId, ...mayActValues(taskId, actor)],
  );
  if (!released) throw await refuseTask(tx, taskId, actor);
  return insertCommand(tx, released.instance_id, { type: 'assignUserTask', key: released.key, assignee: null, by: actor.username });
}
