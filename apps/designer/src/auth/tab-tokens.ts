import type { Tokens } from '@baton/contracts';
import type { TokenStore } from '@baton/sdk';

/** Renewed this long before the access token ends. */
const RENEW_BEFORE_MS = 30_000;
const KEY = 'baton.refresh';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * The tokens of one tab: the access token in memory, the refresh token in the tab's session storage and nowhere else.
 *
 * Shortly before the access token ends it asks for new ones, so that a page left open stays signed in and live.
 */
export class TabTokens implements TokenStore {
  private kept: Tokens | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly storage: Storage,
    private readonly renew: () => void,
  ) {}

  /** After a reload only the refresh token is known; the access token is then empty. */
  load(): Tokens | null {
    if (this.kept) return this.kept;
    const refreshToken = this.storage.getItem(KEY);
    return refreshToken === null ? null : { accessToken: '', refreshToken, expiresIn: 0 };
  }

  save(tokens: Tokens | null): void {
    const wasSignedIn = this.isSignedIn();
    this.kept = tokens;
    clearTimeout(this.timer);
    if (tokens) {
      this.storage.setItem(KEY, tokens.refreshToken);
      this.timer = setTimeout(this.renew, Math.max(tokens.expiresIn * 1000 - RENEW_BEFORE_MS, 1000));
    } else {
      this.storage.removeItem(KEY);
    }
    if (wasSignedIn !== this.isSignedIn()) for (const listener of this.listeners) listener();
  }

  isSignedIn(): boolean {
    return this.load() !== null;
  }

  /** True when there is a refresh token, but no access token yet: after a reload. */
  needsRenewal(): boolean {
    return this.load()?.accessToken === '';
  }

  /** Calls back when somebody signed in or out, or when the server ended the session. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
