import { skipToken, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** The form to start one version with. A version never changes. */
export function useStartForm(definitionId: string | undefined) {
  return useQuery({
    queryKey: ['start-form', definitionId],
    queryFn: definitionId === undefined ? skipToken : () => client.startForm(definitionId),
    staleTime: Infinity,
  });
}
