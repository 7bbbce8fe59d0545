import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** One instance as it is now. */
export function useInstance(id: string) {
  return useQuery({ queryKey: ['instance', id], queryFn: () => client.instance(id) });
}
