import type { UserTask, Variables } from '@baton/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** The server answers when the effect was applied, or after this many seconds. */
const WAIT_SECONDS = 3;

/** Claim, release, complete. After each the lists are read again, whatever came of it. */
export function useTaskActions(task: UserTask, onCompleted: () => void) {
  const queries = useQueryClient();
  const readAgain = () =>
    Promise.all([queries.invalidateQueries({ queryKey: ['tasks'] }), queries.invalidateQueries({ queryKey: ['task', task.id] })]);
  const claim = useMutation({ mutationFn: () => client.claimTask(task.id, { waitSeconds: WAIT_SECONDS }), onSettled: readAgain });
  const release = useMutation({ mutationFn: () => client.releaseTask(task.id, { waitSeconds: WAIT_SECONDS }), onSettled: readAgain });
  const complete = useMutation({
    mutationFn: (variables: Variables) => client.completeTask(task.id, { variables }, { waitSeconds: WAIT_SECONDS }),
    onSuccess: () => onCompleted(),
    onSettled: readAgain,
  });
  return { claim, release, complete };
}
