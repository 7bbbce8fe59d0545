import type { Instant, TimerModel } from '../model.js';
import { nextCron } from './cron-next.js';
import { isCron, parseCron } from './cron.js';
import { addDuration, parseDuration } from './duration.js';
import { parseInstant } from './instant.js';
import { parseInterval } from './interval.js';
import { timerInvalid } from './timer-invalid.js';

/** When a timer fires next, and whether again. */
export interface Firing {
  readonly dueAt: Instant;
  /** Firings still to come after this one; -1: without end. Absent with `interval`: none. */
  readonly repetitions?: number;
  /** ISO 8601 duration between firings, or a cron line. */
  readonly interval?: string;
}

/**
 * The first firing of a timer that starts now.
 *
 * @throws EvaluationFailed `timer-invalid`
 */
export function firstFiring(kind: TimerModel['kind'], text: string, now: Instant): Firing {
  switch (kind) {
    case 'date':
      return { dueAt: parseInstant(text) };
    case 'duration':
      return { dueAt: addDuration(now, parseDuration(text), text) };
    case 'cycle': {
      if (isCron(text)) return firstOfCron(text, now);
      const interval = parseInterval(text);
      const dueAt = interval.start ?? addDuration(now, interval.duration, text);
      if (interval.count === 1) return { dueAt };
      return { dueAt, repetitions: interval.count === -1 ? -1 : interval.count - 1, interval: interval.text };
    }
  }
}

/**
 * The firing after this one; none when the repetitions are used up.
 *
 * Counted from when the last one was due, not from when it ran, so that delay never adds up.
 */
export function nextFiring({ dueAt, repetitions, interval }: Firing): Firing | undefined {
  if (repetitions === undefined || repetitions === 0 || interval === undefined) return undefined;
  if (isCron(interval)) {
    const dueNext = nextCron(parseCron(interval), dueAt);
    return dueNext === undefined ? undefined : { dueAt: dueNext, repetitions, interval };
  }
  const next = addDuration(dueAt, parseDuration(interval), interval);
  return { dueAt: next, repetitions: repetitions === -1 ? -1 : repetitions - 1, interval };
}

function firstOfCron(text: string, now: Instant): Firing {
  const dueAt = nextCron(parseCron(text), now);
  if (dueAt === undefined) throw timerInvalid(text, 'there is no such day to come, so it never fires');
  return { dueAt, repetitions: -1, interval: text };
}

/** When something is due: at an instant, or a duration from now. @throws EvaluationFailed `timer-invalid` */
export function parseDue(text: string, now: Instant): Instant {
  return text.startsWith('P') ? addDuration(now, parseDuration(text), text) : parseInstant(text);
}
