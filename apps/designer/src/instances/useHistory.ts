import type { HistoryStep } from '@baton/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../api/client.js';

const NONE: readonly HistoryStep[] = [];

/** Every step of an instance. History only grows, so each change asks only for what came after the last one known. */
export function useHistory(id: string) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['history', id],
    queryFn: () => withNewer(id, queries.getQueryData<readonly HistoryStep[]>(['history', id]) ?? NONE),
    structuralSharing: false,
  });
}

async function withNewer(id: string, known: readonly HistoryStep[]): Promise<readonly HistoryStep[]> {
  const steps = [...known];
  for (;;) {
    const last = steps.at(-1);
    const { items } = await client.history(id, last && last.firstSequence + last.count - 1);
    if (items.length === 0) return steps.length === known.length ? known : steps;
    steps.push(...items);
  }
}
