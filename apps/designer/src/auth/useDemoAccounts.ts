import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** The one-click people of the demo profile; empty in production. */
export function useDemoAccounts() {
  return useQuery({ queryKey: ['demo-accounts'], queryFn: () => client.demoAccounts(), staleTime: 600_000 });
}
