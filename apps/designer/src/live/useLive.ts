import type { QueryKey } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { client } from '../api/client.js';
import { touchedQueries } from './touched-queries.js';

export type LiveState = 'connecting' | 'live' | 'offline';

/** Changes within this time are answered with one round of requests. */
const GATHER_MS = 120;

/**
 * Keeps the live stream open as long as the caller is on screen, and makes stale what changed.
 *
 * What happened while the stream was down is unknown, so after every reconnect everything is stale.
 */
export function useLive(): LiveState {
  const queries = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');

  useEffect(() => {
    const closing = new AbortController();
    const pending = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wasBroken = false;

    const flush = () => {
      timer = undefined;
      const keys = [...pending.values()];
      pending.clear();
      for (const queryKey of keys) void queries.invalidateQueries({ queryKey });
    };
    const onConnection = (isConnected: boolean) => {
      if (closing.signal.aborted) return;
      setState(isConnected ? 'live' : 'offline');
      if (isConnected && wasBroken) void queries.invalidateQueries();
      wasBroken = !isConnected;
    };
    const stream = client.live(
      (change) => {
        for (const key of touchedQueries(change)) pending.set(JSON.stringify(key), key);
        timer ??= setTimeout(flush, GATHER_MS);
      },
      { signal: closing.signal, onConnection },
    );
    // A refusal ends the stream for good: the session is over, and the sign-in page follows.
    stream.catch(() => onConnection(false));

    return () => {
      closing.abort();
      clearTimeout(timer);
    };
  }, [queries]);

  return state;
}
