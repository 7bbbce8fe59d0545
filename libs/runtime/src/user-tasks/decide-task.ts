import type { AppError } from '@baton/contracts';
import type { Transaction } from '../database/transaction.js';
import { notACandidate, notFound, taskClaimed, taskNotOpen } from '../problems.js';
import { isId, newId } from '../row-id.js';
import type { Actor } from './actor.js';

/** What a decision about a task returns: which element instance it is. */
export type TaskRef = { instance_id: string; key: number };

/**
 * The condition of every UPDATE that decides about a task; $2 task, $3 username, $4 groups, $5 supervisor.
 * A task that names neither assignee nor candidates is open to everyone in the tenant.
 */
export const MAY_ACT = `($5::bool or assignee = $3 or $3 = any (candidate_users) or candidate_groups && $4::text[]
  or (assignee is null and candidate_users = '{}' and candidate_groups = '{}'))`;

/** The values of `MAY_ACT`, from $2 on. An id that is none finds nothing. */
export function mayActValues(taskId: string, actor: Actor): [string, string, readonly string[], boolean] {
  return [isId(taskId) ? taskId : newId(), actor.username, actor.groups, actor.supervisor];
}

/** Why the UPDATE found no row: read only then, for the message. */
export async function refuseTask(tx: Transaction, taskId: string, actor: Actor): Promise<AppError> {
  const [task] = await tx.query<{ state: string; assignee: string | null; may_act: boolean }>(
    `select state, assignee, ${MAY_ACT} as may_act from user_task where tenant_id = $1 and id = $2`,
    [tx.tenantId, ...mayActValues(taskId, actor)],
  );
  if (!task) return notFound('user task');
  if (!task.may_act) return notACandidate();
  if (task.state !== 'open') return taskNotOpen();
  return taskClaimed(task.assignee ?? 'someone else');
}
