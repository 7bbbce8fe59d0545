import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { SECRET_BYTES_MIN, signingSecretProblem } from '@baton/runtime';

/** Everything the process takes from its environment, checked once at boot. */
export class ApiConfig {
  constructor(
    readonly databaseUrl: string,
    readonly redisUrl: string | undefined,
    readonly host: string,
    readonly port: number,
    readonly profile: 'demo' | 'production',
    readonly jwtSecret: Uint8Array,
    /** Where people reach this installation; problem types and the CORS origin are made from it. No trailing slash. */
    readonly publicUrl: string,
    /** Folder of the built web app. */
    readonly webRoot: string,
    /** A supervisor holds our IPC channel; when it goes, so do we. */
    readonly supervised: boolean,
    readonly logLevel: string,
  ) {}
}

/** A setting that is missing or wrong. The message is one line that names the setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Read the settings of the API.
 *
 * @throws ConfigError naming the first setting that is missing, malformed or unsafe for the profile.
 */
export function readConfig(env: NodeJS.ProcessEnv): ApiConfig {
  const profile = oneOf(env, 'BATON_PROFILE', ['production', 'demo'] as const);
  const host = env['BATON_HOST'] || '127.0.0.1';
  const port = wholeNumber(env, 'BATON_PORT', 8080, 65_535);
  return new ApiConfig(
    url(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    env['REDIS_URL'] ? url(env, 'REDIS_URL', ['redis:', 'rediss:']) : undefined,
    host,
    port,
    profile,
    jwtSecret(env, profile),
    (env['BATON_PUBLIC_URL'] ? url(env, 'BATON_PUBLIC_URL', ['http:', 'https:']) : `http://${host}:${port}`).replace(/\/+$/, ''),
    env['BATON_WEB_ROOT'] || fileURLToPath(new URL('../../../designer/dist/app', import.meta.url)),
    env['BATON_SUPERVISED'] === '1',
    oneOf(env, 'BATON_LOG_LEVEL', ['info', 'trace', 'debug', 'warn', 'error', 'fatal', 'silent'] as const),
  );
}

function jwtSecret(env: NodeJS.ProcessEnv, profile: ApiConfig['profile']): Uint8Array {
  const text = env['BATON_JWT_SECRET'];
  const problem = signingSecretProblem(text, profile);
  if (problem !== undefined) throw new ConfigError(problem);
  return text ? new TextEncoder().encode(text) : randomBytes(SECRET_BYTES_MIN);
}

function url(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string {
  const text = env[name];
  if (!text) throw new ConfigError(`${name} is missing: set an address that begins with ${protocols[0]}//.`);
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigError(`${name} is not an address that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}.`);
  }
  return text;
}

/** The first of the allowed values is the default. */
function oneOf<const Values extends readonly string[]>(env: NodeJS.ProcessEnv, name: string, allowed: Values): Values[number] {
  const text = env[name] || allowed[0]!;
  if (!allowed.includes(text)) throw new ConfigError(`${name} is ${JSON.stringify(text)}: set one of ${allowed.join(', ')}.`);
  return text;
}

function wholeNumber(env: NodeJS.ProcessEnv, name: string, otherwise: number, max: number): number {
  const text = env[name];
  if (!text) return otherwise;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > max) throw new ConfigError(`${name} is ${JSON.stringify(text)}: set a whole number from 0 to ${max}.`);
  return value;
}
