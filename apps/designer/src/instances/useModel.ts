import { skipToken, useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** The picture of one version. A version never changes. */
export function useModel(definitionId: string | undefined) {
  return useQuery({
    queryKey: ['model', definitionId],
    queryFn: definitionId === undefined ? skipToken : () => client.processModel(definitionId),
    staleTime: Infinity,
  });
}
