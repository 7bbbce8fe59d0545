import type { ProcessDefinition } from '@baton/contracts';
import { useQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';

/** More processes than this in one tenant deserve a search of their own. */
const LIMIT = 200;

/** The newest version of every process. */
export function useDefinitions() {
  return useQuery({ queryKey: ['definitions', 'latest'], queryFn: latest });
}

async function latest(): Promise<readonly ProcessDefinition[]> {
  const { items } = await client.processDefinitions({ latest: true, limit: LIMIT });
  return items.toSorted((a, b) => a.name.localeCompare(b.name));
}
