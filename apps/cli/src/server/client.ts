import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { BatonClient, BatonProblem } from '@baton/sdk';
import { InputInvalid, invalid } from '../exit.js';
import { parseJson } from '../variables-option.js';

interface Settings {
  readonly url?: string;
  readonly token?: string;
  readonly tenant?: string;
  readonly email?: string;
  readonly password?: string;
}

/**
 * A client for the server of the settings: `~/.config/baton/config.json`, over it `BATON_URL`, `BATON_TOKEN`, `BATON_TENANT`.
 *
 * Without a token it signs in with `BATON_EMAIL` and `BATON_PASSWORD` (or the file's `email` and `password`).
 *
 * @throws InputInvalid  when it would not know who to be.
 */
export function client(): BatonClient {
  const file = readConfig();
  const { env } = process;
  const settings: Settings = {
    ...file,
    ...(env['BATON_URL'] && { url: env['BATON_URL'] }),
    ...(env['BATON_TOKEN'] && { token: env['BATON_TOKEN'] }),
    ...(env['BATON_TENANT'] && { tenant: env['BATON_TENANT'] }),
    ...(env['BATON_EMAIL'] && { email: env['BATON_EMAIL'] }),
    ...(env['BATON_PASSWORD'] && { password: env['BATON_PASSWORD'] }),
  };
  const baseUrl = settings.url ?? 'http://127.0.0.1:8080';
  if (settings.token) return new BatonClient({ baseUrl, token: settings.token });
  const { tenant, email, password } = settings;
  if (!tenant || !email || !password) {
    throw invalid(
      'not-signed-in',
      'Who are you? Set BATON_TOKEN, or BATON_TENANT, BATON_EMAIL and BATON_PASSWORD (or write them to ~/.config/baton/config.json).',
    );
  }
  return new BatonClient({ baseUrl, login: { tenant, email, password } });
}

function readConfig(): Settings {
  const path = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'baton', 'config.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return {};
  }
  const value = parseJson(text, path);
  return typeof value === 'object' && value !== null ? value : {};
}

/** Calls the server. What it refuses because of the input becomes InputInvalid, the rest stays what it is. */
export async function call<T>(work: (baton: BatonClient) => Promise<T>): Promise<T> {
  const baton = client();
  try {
    return await work(baton);
  } catch (error) {
    if (error instanceof BatonProblem) {
      if (error.status !== 400 && error.status !== 413 && error.status !== 422)
        throw new Error(`${error.message} (${error.code})`, { cause: error });
      throw new InputInvalid(error.errors.length > 0 ? error.errors : [{ code: error.code, message: error.message }]);
    }
    throw error instanceof TypeError && error.message.includes('fetch')
      ? new Error('The server does not answer. Is it running (`baton up`)? BATON_URL says where.', { cause: error })
      : error;
  }
}
