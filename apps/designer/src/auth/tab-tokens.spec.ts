import { BatonClient } from '@baton/sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TabTokens } from './tab-tokens.js';

const MINUTE_MS = 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the tokens of a tab', () => {
  it('keep only the refresh token where a reload finds it', async () => {
    const { storage, client } = await signedIn();
    expect([...storage.entries()]).toEqual([['baton.refresh', 'refresh-1']]);
    expect(client.session.accessToken).toBe('access-1');
  });

  it('are renewed before the access token ends', async () => {
    const { storage, client } = await signedIn();
    await vi.advanceTimersByTimeAsync(4 * MINUTE_MS);
    expect(client.session.accessToken).toBe('access-1');
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(client.session.accessToken).toBe('access-2');
    expect(storage.get('baton.refresh')).toBe('refresh-2');
  });

  it('come back after a reload, through one renewal', async () => {
    const { storage, server } = await signedIn();
    const { tokens, client } = tab(storage, server);
    expect(tokens.isSignedIn()).toBe(true);
    expect(tokens.needsRenewal()).toBe(true);
    await Promise.all([client.session.refresh(), client.session.refresh()]);
    expect(client.session.accessToken).toBe('access-2');
    expect(server.refreshes).toBe(1);
    expect(tokens.needsRenewal()).toBe(false);
  });

  it('say so when the server ends the session', async () => {
    const { tokens, client, storage, server } = await signedIn();
    let told = 0;
    tokens.subscribe(() => (told += 1));
    server.refuses = true;
    await client.session.refresh();
    expect(tokens.isSignedIn()).toBe(false);
    expect(storage.size).toBe(0);
    expect(told).toBe(1);
  });

  it('stay when the server cannot be reached', async () => {
    const { tokens, client, server } = await signedIn();
    server.isDown = true;
    const renewal = client.session.refresh().catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(MINUTE_MS);
    expect(await renewal).toBeInstanceOf(TypeError);
    expect(tokens.isSignedIn()).toBe(true);
  });

  it('are gone after signing out', async () => {
    const { tokens, client, storage } = await signedIn();
    await client.logout();
    expect(tokens.isSignedIn()).toBe(false);
    expect(storage.size).toBe(0);
  });
});

interface Server {
  issued: number;
  refreshes: number;
  refuses: boolean;
  isDown: boolean;
}

async function signedIn() {
  const storage = new Map<string, string>();
  const server: Server = { issued: 0, refreshes: 0, refuses: false, isDown: false };
  const opened = tab(storage, server);
  await opened.client.login({ tenant: 'acme', email: 'a@example.com', password: 'secret' });
  return { storage, server, ...opened };
}

/** A tab of the browser: a real client over tokens in `storage`, against a server of a few lines. */
function tab(storage: Map<string, string>, server: Server) {
  const tokens = new TabTokens(
    {
      getItem: (key) => storage.get(key) ?? null,
      setItem: (key, value) => void storage.set(key, value),
      removeItem: (key) => void storage.delete(key),
    },
    () => void client.session.refresh(),
  );
  const client = new BatonClient({
    baseUrl: 'http://baton.test',
    tokens,
    fetch: async (input) => {
      if (server.isDown) throw new TypeError('Failed to fetch');
      const path = String(input);
      if (path.endsWith('/logout')) return new Response(null, { status: 204 });
      if (path.endsWith('/refresh')) server.refreshes += 1;
      if (server.refuses) return Response.json({ code: 'unauthenticated', title: 'No', status: 401, type: '' }, { status: 401 });
      server.issued += 1;
      return Response.json({ accessToken: `access-${server.issued}`, refreshToken: `refresh-${server.issued}`, expiresIn: 300 });
    },
  });
  return { tokens, client };
}
