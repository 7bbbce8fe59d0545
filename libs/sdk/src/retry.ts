/** Tries in all: the first one and those after a failure that may pass. */
export const ATTEMPTS_MAX = 4;
const FIRST_DELAY_MS = 200;
const DELAY_MAX_MS = 5_000;

/** Busy, overloaded or away for a moment; the same request may work soon. */
export const isPassing = (status: number): boolean => status === 429 || status === 502 || status === 503 || status === 504;

/**
 * How long to wait before trying again, in milliseconds.
 *
 * @param attempt  how many tries have failed, from 1
 * @param retryAfter  the response's `Retry-After`, in seconds or as a date; it wins over our own back-off, within the limit
 */
export function delayBefore(attempt: number, retryAfter: string | null): number {
  const asked = retryAfter === null ? NaN : /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - Date.now();
  if (Number.isFinite(asked)) return Math.min(Math.max(asked, 0), DELAY_MAX_MS);
  const backOff = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), DELAY_MAX_MS);
  // Half fixed, half random, so that many clients do not come back together.
  return backOff / 2 + Math.random() * (backOff / 2);
}

/** Waits, or ends early when the signal says so. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}
