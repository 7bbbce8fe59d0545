import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../api/client.js';
import type { InstancesSearch } from './instances-search.js';

const PAGE = 50;

/** Instances by state, process and reference, newest first, page by page. */
export function useInstances(search: InstancesSearch) {
  return useInfiniteQuery({
    queryKey: ['instances', search],
    queryFn: ({ pageParam }) => client.instances({ ...search, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
}
