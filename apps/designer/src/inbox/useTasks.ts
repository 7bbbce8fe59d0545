import type { UserTask } from '@baton/contracts';
import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';
import type { InboxView } from './inbox-search.js';

const LIMIT = 100;

/** Open tasks of one view, the most urgent first. */
export function useTasks(view: InboxView) {
  return useQuery({
    queryKey: ['tasks', view],
    queryFn: async () => byUrgency((await client.userTasks({ view, state: 'open', limit: LIMIT })).items),
  });
}

/** By priority, then by what is due first, then by age. */
export function byUrgency(tasks: readonly UserTask[]): UserTask[] {
  const due = ({ dueAt }: UserTask) => (dueAt === undefined ? Infinity : Date.parse(dueAt));
  return tasks.toSorted((a, b) => b.priority - a.priority || compare(due(a), due(b)) || Date.parse(a.createdAt) - Date.parse(b.createdAt));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
