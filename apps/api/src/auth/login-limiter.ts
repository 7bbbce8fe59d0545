import { AppError } from '@baton/contracts';

/** Failed tries of one account from one address before it has to wait. */
const TRIES_MAX = 20;
const WINDOW_MS = 15 * 60_000;
/** Bounds the memory: the oldest window goes first. */
const KEYS_MAX = 100_000;

interface Window {
  tries: number;
  endsAt: number;
}

/**
 * Slows down guessing. Counts in this process's memory, so that it works without Redis: with N instances an attacker
 * has N times as many tries, which is still few.
 */
export class LoginLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * Count one try.
   *
   * @throws AppError `rate-limited` (429) with `Retry-After` once `TRIES_MAX` failed within the window.
   */
  admit(ip: string, account: string): void {
    const key = `${ip} ${account.toLowerCase()}`;
    const now = this.now();
    const known = this.windows.get(key);
    const window = known && known.endsAt > now ? known : { tries: 0, endsAt: now + WINDOW_MS };
    if (window.tries >= TRIES_MAX) {
      const seconds = Math.ceil((window.endsAt - now) / 1000);
      throw new AppError('rate-limited', 429, `Too many tries. Wait ${seconds} seconds.`, [], {
        'retry-after': String(seconds),
        'ratelimit-limit': String(TRIES_MAX),
        'ratelimit-remaining': '0',
        'ratelimit-reset': String(seconds),
      });
    }
    window.tries += 1;
    this.windows.delete(key);
    this.windows.set(key, window);
    if (this.windows.size > KEYS_MAX) this.windows.delete(this.windows.keys().next().value!);
  }

  /** The password was right: forget the tries. */
  forget(ip: string, account: string): void {
    this.windows.delete(`${ip} ${account.toLowerCase()}`);
  }
}
