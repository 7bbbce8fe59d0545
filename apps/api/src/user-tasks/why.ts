import type { UserTask } from '@baton/contracts';
import type { Principal } from '../platform/principal.js';
import type { TaskRecord } from './user-tasks.repository.js';

/**
 * Why a person sees a task: `assignee`, `candidate-user`, `candidate-group:<group>`, `anyone` (it names nobody), `completed-by`,
 * `supervisor`. Empty: they don't.
 */
export function whySeenBy(reader: Principal, { task, completedBy }: TaskRecord): string[] {
  const namesNobody = task.assignee === null && task.candidateUsers.length === 0 && task.candidateGroups.length === 0;
  return [
    ...(task.assignee === reader.username ? ['assignee'] : []),
    ...(task.candidateUsers.includes(reader.username) ? ['candidate-user'] : []),
    ...task.candidateGroups.filter((group) => reader.groups.includes(group)).map((group) => `candidate-group:${group}`),
    ...(namesNobody ? ['anyone'] : []),
    ...(completedBy === reader.username ? ['completed-by'] : []),
    ...(reader.ability.can('supervise', 'UserTask') ? ['supervisor'] : []),
  ];
}

export const viewFor = (reader: Principal, record: TaskRecord): UserTask => ({ ...record.task, why: whySeenBy(reader, record) });
