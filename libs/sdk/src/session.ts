import type { Tokens } from '@baton/contracts';
import { BatonProblem } from './problem.js';

/** Where tokens are kept. A browser may keep them over reloads; in memory is the default. */
export interface TokenStore {
  load(): Tokens | null;
  /** `null` forgets them. */
  save(tokens: Tokens | null): void;
}

export function inMemory(): TokenStore {
  let kept: Tokens | null = null;
  return { load: () => kept, save: (tokens) => void (kept = tokens) };
}

/** Who the client acts for: tokens that are renewed when the server no longer takes them. */
export class Session {
  private renewal: Promise<Tokens | null> | null = null;

  constructor(
    private readonly store: TokenStore,
    private readonly exchange: (refreshToken: string) => Promise<Tokens>,
    /** Signs in from the start; for workers that outlive their refresh token. */
    private readonly signIn?: () => Promise<Tokens>,
  ) {}

  get signedIn(): boolean {
    return this.store.load() !== null;
  }

  get accessToken(): string | null {
    return this.store.load()?.accessToken || null;
  }

  get refreshToken(): string | null {
    return this.store.load()?.refreshToken || null;
  }

  set(tokens: Tokens | null): void {
    this.store.save(tokens);
  }

  /** Before a request: signs in where that has not happened yet and can. */
  async prepare(): Promise<void> {
    if (!this.signedIn && this.signIn) await this.refresh();
  }

  /**
   * A refresh token is used once: however many requests need it at the same moment, one renews for all.
   *
   * @returns The new tokens; null when nobody is signed in any more. A server that cannot be reached ends no session: its error is thrown.
   */
  refresh(): Promise<Tokens | null> {
    this.renewal ??= this.renew().finally(() => (this.renewal = null));
    return this.renewal;
  }

  private async renew(): Promise<Tokens | null> {
    const { refreshToken } = this;
    const renewed = refreshToken === null ? null : await this.exchange(refreshToken).catch(refused);
    this.set(renewed);
    if (!renewed && this.signIn) this.set(await this.signIn());
    return this.store.load();
  }
}

function refused(error: unknown): null {
  if (error instanceof BatonProblem && error.status < 500 && error.status !== 429) return null;
  throw error;
}
