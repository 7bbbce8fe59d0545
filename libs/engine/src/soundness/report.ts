import type { Action } from './action.js';

/** What can be wrong with the way tokens move through a process. */
export type SoundnessCode =
  /** Tokens wait for others that will never come. */
  | 'deadlock'
  /** The same, after an end event was reached: the process was over, but for tokens that cannot leave. */
  | 'tokens-left'
  /** From here on it can only go on for ever. */
  | 'livelock'
  /** Two tokens in one place at a time, or one after the other at the same end. */
  | 'lack-of-synchronization'
  /** However it goes, no token ever comes here. */
  | 'dead-element'
  /** However it goes, it never completes. */
  | 'unreachable-end'
  /** A message or signal is awaited that none of the processes sends. */
  | 'message-never-sent'
  /** There are more states than were looked at. */
  | 'undecided';

export interface SoundnessFinding {
  /** Only errors make a process unsound. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: SoundnessCode;
  readonly message: string;
  /** Where to look, the most telling one first. */
  readonly elementIds: readonly string[];
  /** The shortest way there that was found, for `playCounterexample`. */
  readonly counterexample?: readonly Action[];
}

export interface SoundnessReport {
  /** `undecided`: nothing wrong among the states looked at, but there are more. */
  readonly verdict: 'sound' | 'unsound' | 'undecided';
  readonly findings: readonly SoundnessFinding[];
  /** States looked at. */
  readonly states: number;
}
