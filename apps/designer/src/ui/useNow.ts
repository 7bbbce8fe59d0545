import { useSyncExternalStore } from 'react';

const TICK_MS = 30_000;
let now = Date.now();

const subscribe = (listener: () => void) => {
  const timer = setInterval(() => {
    now = Date.now();
    listener();
  }, TICK_MS);
  return () => clearInterval(timer);
};
const current = () => now;

/** The time, fresh enough for "3 minutes ago". */
export function useNow(): number {
  return useSyncExternalStore(subscribe, current);
}
