import { signingSecretProblem } from '../signing-secret.js';
import { ConfigProblem } from './config-problem.js';

export type Profile = 'demo' | 'production';

export interface StackSettings {
  readonly profile: Profile;
  readonly host: string;
  /** Null: the default one, or the next free. */
  readonly port: number | null;
  /** A database of the operator's; null for the embedded one. */
  readonly database: {
    readonly appUrl: string;
    readonly ownerUrl: string;
    readonly engineUrl?: string;
    readonly dispatcherUrl?: string;
  } | null;
  readonly redisUrl: string | null;
  readonly jwtSecret: string | null;
}

/**
 * Check everything the stack takes from its environment before anything is started.
 *
 * @throws ConfigProblem naming the first setting that is missing or wrong.
 */
export function readStackSettings(env: NodeJS.ProcessEnv, over: { port?: number; profile?: Profile } = {}): StackSettings {
  const profile = over.profile ?? profileOf(env['BATON_PROFILE'] || 'demo');
  const jwtSecret = env['BATON_JWT_SECRET'] || null;
  const database = databaseOf(env);
  if (profile === 'production' && !database)
    throw new ConfigProblem('DATABASE_URL is missing: the production profile does not run on the embedded database.');
  const secretProblem = signingSecretProblem(jwtSecret, profile);
  if (secretProblem !== undefined) throw new ConfigProblem(secretProblem);
  return {
    profile,
    host: env['BATON_HOST'] || '127.0.0.1',
    port: over.port ?? portOf(env['BATON_PORT']),
    database,
    redisUrl: addressOf(env, 'REDIS_URL', ['redis:', 'rediss:']),
    jwtSecret,
  };
}

function profileOf(text: string): Profile {
  if (text === 'demo' || text === 'production') return text;
  throw new ConfigProblem(`BATON_PROFILE is ${JSON.stringify(text)}: set demo or production.`);
}

/** @throws ConfigProblem for anything but a port number. */
export function portOf(text: string | undefined, setting = 'BATON_PORT'): number | null {
  if (text === undefined || text === '') return null;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
    throw new ConfigProblem(`${setting} is ${JSON.stringify(text)}: set a number from 1 to 65535.`);
  return port;
}

function databaseOf(env: NodeJS.ProcessEnv): StackSettings['database'] {
  const address = (name: string) => addressOf(env, name, ['postgres:', 'postgresql:']);
  const appUrl = address('DATABASE_URL');
  const ownerUrl = address('DATABASE_OWNER_URL');
  const engineUrl = address('DATABASE_ENGINE_URL');
  const dispatcherUrl = address('DATABASE_DISPATCHER_URL');
  if (!appUrl && !ownerUrl) return null;
  if (!appUrl)
    throw new ConfigProblem('DATABASE_URL is missing: DATABASE_OWNER_URL is for migrations only, the application logs in as baton_app.');
  if (!ownerUrl) throw new ConfigProblem('DATABASE_OWNER_URL is missing: migrations need the role that owns the tables.');
  return { appUrl, ownerUrl, ...(engineUrl && { engineUrl }), ...(dispatcherUrl && { dispatcherUrl }) };
}

function addressOf(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string | null {
  const text = env[name];
  if (!text) return null;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigProblem(`${name} is not an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
  }
  return text;
}
