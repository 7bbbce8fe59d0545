import { skipToken, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** One task, as the server has it now. */
export function useTask(id: string | undefined) {
  return useQuery({ queryKey: ['task', id], queryFn: id === undefined ? skipToken : () => client.userTask(id) });
}

/** Its form with what is known already. What one is typing into must not change under one's hands: it stays as it came. */
export function useTaskForm(id: string) {
  return useQuery({ queryKey: ['task-form', id], queryFn: () => client.taskForm(id), staleTime: Infinity, gcTime: 0 });
}
