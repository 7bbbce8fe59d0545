/** Everything the worker takes from its environment, checked once at boot. */
export interface WorkerConfig {
  readonly engineUrl: string;
  readonly dispatcherUrl: string;
  readonly redisUrl: string | undefined;
  /** Where `/live` and `/ready` answer; nowhere when left out. */
  readonly healthPort: number | undefined;
  /** A supervisor holds our IPC channel; when it goes, so do we. */
  readonly supervised: boolean;
  readonly logLevel: string;
}

/** A setting that is missing or wrong. The message is one line that names the setting. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @throws ConfigError naming the first setting that is missing or malformed. */
export function readConfig(env: NodeJS.ProcessEnv): WorkerConfig {
  const logLevel = env['BATON_LOG_LEVEL'] || 'info';
  if (!LOG_LEVELS.includes(logLevel))
    throw new ConfigError(`BATON_LOG_LEVEL is ${JSON.stringify(logLevel)}: set one of ${LOG_LEVELS.join(', ')}.`);
  return {
    engineUrl: url(env, 'DATABASE_ENGINE_URL', ['postgres:', 'postgresql:']),
    dispatcherUrl: url(env, 'DATABASE_DISPATCHER_URL', ['postgres:', 'postgresql:']),
    redisUrl: env['REDIS_URL'] ? url(env, 'REDIS_URL', ['redis:', 'rediss:']) : undefined,
    healthPort: port(env, 'BATON_HEALTH_PORT'),
    supervised: env['BATON_SUPERVISED'] === '1',
    logLevel,
  };
}

/** The address is never repeated in the message: it holds a password. */
function url(env: NodeJS.ProcessEnv, name: string, protocols: readonly string[]): string {
  const text = env[name];
  if (!text) throw new ConfigError(`${name} is missing: set ${protocols[0]}//user:password@host:port/database.`);
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol)) {
    throw new ConfigError(`${name} is not a ${protocols[0]}// address.`);
  }
  return text;
}

function port(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const text = env[name];
  if (!text) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new ConfigError(`${name} is ${JSON.stringify(text)}: set a number from 1 to 65535.`);
  return value;
}
