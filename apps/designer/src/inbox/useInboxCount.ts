import { useTasks } from './useTasks.js';

/** How many open tasks wait for me or my groups; `undefined` until known. */
export function useInboxCount(): number | undefined {
  return useTasks('inbox').data?.length;
}
