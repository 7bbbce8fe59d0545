import type { LiveState } from '../live/useLive.js';

const WORDS: Record<LiveState, string> = { connecting: 'Connecting…', live: 'Live', offline: 'Offline, reconnecting…' };

/** Whether what is on screen keeps itself up to date. */
export function LiveMark({ state }: { readonly state: LiveState }) {
  return (
    <output className="live-mark" data-state={state}>
      {WORDS[state]}
    </output>
  );
}
