import type { Variables } from '@baton/engine';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import type { Transaction } from '../database/transaction.js';
import { instanceSuspended } from '../problems.js';
import { checkVariables } from '../variables/check-variables.js';
import type { ActOnTask } from './claim-task.js';
import { MAY_ACT, mayActValues, refuseTask, type TaskRef } from './decide-task.js';

export interface CompleteTask extends ActOnTask {
  readonly variables?: Variables | undefined;
}

/**
 * Completes a task. The answer is final: the task is `completing`, and its instance's next step applies it before anything
 * that could withdraw it. An unclaimed task may be completed by any of its candidates.
 *
 * @throws AppError 404 `not-found`, 409 `task-not-open`, 409 `task-claimed` by another, 403 `forbidden`,
 *         409 `instance-suspended`; the codes of `checkVariables`.
 */
export async function completeTask(tx: Transaction, { taskId, actor, variables }: CompleteTask): Promise<Accepted> {
  const checked = checkVariables(variables ?? {});
  const [completed] = await tx.query<TaskRef>(
    `update user_task set state = 'completing', completed_by = $3 where tenant_id = $1 and id = $2 and state = 'open'
       and (assignee is null or assignee = $3 or $5::bool) and ${MAY_ACT} returning instance_id, key`,
    [tx.tenantId, ...mayActValues(taskId, actor)],
  );
  if (!completed) throw await refuseTask(tx, taskId, actor);
  // Read after the task's row was ours: a step that suspends the instance locks its tasks first.
  const [instance] = await tx.query<{ status: string }>('select status from process_instance where tenant_id = $1 and id = $2', [
    tx.tenantId,
    completed.instance_id,
  ]);
  if (instance?.status === 'suspended') throw instanceSuspended();
  return insertCommand(tx, completed.instance_id, { type: 'completeUserTask', key: completed.key, variables: checked, by: actor.username });
}
