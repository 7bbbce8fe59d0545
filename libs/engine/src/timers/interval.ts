import type { Instant } from '../model.js';
import { SECOND } from './calendar.js';
import { addDuration, parseDuration } from './duration.js';
import type { Duration } from './duration.js';
import { parseInstant } from './instant.js';
import { remember } from './remember.js';
import { timerInvalid } from './timer-invalid.js';

/** More repetitions than this are surely a mistake; without end is written without a number. */
const REPETITIONS_MAX = 100_000;

/** A repeating interval: how often, from when, how far apart. */
export interface Interval {
  /** Firings in all; -1: without end. */
  readonly count: number;
  readonly start?: Instant;
  readonly duration: Duration;
  /** The duration as it was written. */
  readonly text: string;
}

/**
 * An ISO 8601 repeating interval: `R3/PT10M`, `R/PT1H`, `R5/2026-03-01T09:00Z/P1D`.
 *
 * `R3` fires three times. `R` and `R-1` fire without end.
 *
 * @throws EvaluationFailed `timer-invalid`, also for intervals below one second.
 */
export const parseInterval: (text: string) => Interval = remember((text) => {
  const [repeat, first, second, ...rest] = text.split('/');
  const match = /^R(-1|\d{1,9})?$/.exec(repeat ?? '');
  if (match === null || first === undefined || rest.length > 0)
    throw timerInvalid(text, 'expected a repeating interval such as R3/PT10M, or a cron line such as 0 0 9 * * MON-FRI');
  const count = Number(match[1] ?? -1);
  if (count === 0) throw timerInvalid(text, 'it never fires');
  if (count > REPETITIONS_MAX) throw timerInvalid(text, `it repeats more than ${REPETITIONS_MAX} times; write R/ for without end`);
  const durationText = second ?? first;
  const duration = parseDuration(durationText);
  if (addDuration(0, duration, text) < SECOND) throw timerInvalid(text, 'the interval is shorter than a second');
  return second === undefined
    ? { count, duration, text: durationText }
    : { count, duration, text: durationText, start: parseInstant(first) };
});
