import type { Tokens } from '@baton/contracts';
import { BatonProblem } from './problem.js';

/** Where tokens are kept between requests. A browser may keep the refresh token for its tab, a worker keeps both in memory. */
export interface TokenStore {
  load(): Tokens | null;
  save(tokens: Tokens | null): void;
}

/** Forgets when the process ends. */
export function inMemory(): TokenStore {
  let kept: Tokens | null = null;
  return {
    load: () => kept,
    save: (tokens) => {
      kept = tokens;
    },
  };
}

/**
 * The signed-in session: hands out the access token and renews it once for all requests that find it expired.
 *
 * A refresh token works once, so two renewals at the same time would end the session: they share one.
 */
export class Session {
  private renewing: Promise<Tokens | null> | null = null;

  constructor(
    private readonly store: TokenStore,
    private readonly renew: (refreshToken: string) => Promise<Tokens>,
  ) {}

  get accessToken(): string | null {
    return this.store.load()?.accessToken || null;
  }

  get signedIn(): boolean {
    return this.store.load() !== null;
  }

  set(tokens: Tokens | null): void {
    this.store.save(tokens);
  }

  get refreshToken(): string | null {
    return this.store.load()?.refreshToken ?? null;
  }

  /** New tokens, or null when there is nothing to renew or the server refused: then the person signs in again. */
  refresh(): Promise<Tokens | null> {
    this.renewing ??= this.refreshOnce().finally(() => {
      this.renewing = null;
    });
    return this.renewing;
  }

  private async refreshOnce(): Promise<Tokens | null> {
    const { refreshToken } = this;
    if (!refreshToken) return null;
    try {
      const renewed = await this.renew(refreshToken);
      this.store.save(renewed);
      return renewed;
    } catch (error) {
      if (!(error instanceof BatonProblem)) throw error; // the network: the session may still be good
      this.store.save(null);
      return null;
    }
  }
}
