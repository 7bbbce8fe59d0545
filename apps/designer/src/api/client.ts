import { BatonClient } from '@baton/sdk';
import { TabTokens } from '../auth/tab-tokens.js';

const storage = globalThis.sessionStorage;

/** The tokens of this tab. */
export const tokens = new TabTokens(storage, () => void client.session.refresh().catch(() => undefined));

/** The API as the person who is signed in. Served by the same address as this page. */
export const client = new BatonClient({
  baseUrl: globalThis.location?.origin ?? '',
  tokens,
  fetch: (input, init) => fetch(input, init),
});
