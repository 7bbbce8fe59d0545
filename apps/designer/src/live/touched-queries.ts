import type { LiveChange } from '@baton/contracts';
import type { QueryKey } from '@tanstack/react-query';

/** The cached queries that one change makes stale. Keys are prefixes: `['tasks']` means every list of tasks. */
export function touchedQueries({ topic, id, processInstanceId }: LiveChange): readonly QueryKey[] {
  switch (topic) {
    case 'process-instance':
      return [['instances'], ...ofInstance(id)];
    case 'user-task':
      return [['tasks'], ['task', id], ...(processInstanceId === undefined ? [] : ofInstance(processInstanceId))];
    case 'process-definition':
      return [['definitions']];
    case 'incident':
      return [['instances'], ...(processInstanceId === undefined ? [] : ofInstance(processInstanceId))];
  }
}

function ofInstance(id: string): readonly QueryKey[] {
  return [
    ['instance', id],
    ['history', id],
  ];
}
