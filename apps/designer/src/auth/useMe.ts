import type { Me } from '@baton/contracts';
import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** Who is signed in; `undefined` until the server has said. */
export function useMe(): Me | undefined {
  return useQuery({ queryKey: ['me'], queryFn: () => client.me(), staleTime: 300_000 }).data;
}
