import { QueryClient } from '@tanstack/react-query';

/** Live changes make stale what they touch, so nothing polls; the client itself repeats what may heal. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000, refetchOnWindowFocus: true, retry: false }, mutations: { retry: false } },
});
