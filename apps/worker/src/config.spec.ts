import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

// Features: R-13

const good = {
  DATABASE_ENGINE_URL: 'postgres://baton_engine:s3cret@db/baton',
  DATABASE_DISPATCHER_URL: 'postgres://baton_dispatcher:s3cret@db/baton',
};
const bad: readonly (readonly [setting: string, value: string])[] = [
  ['DATABASE_ENGINE_URL', ''],
  ['DATABASE_ENGINE_URL', 'mysql://db/baton'],
  ['DATABASE_DISPATCHER_URL', 'not an address'],
  ['REDIS_URL', 'http://s3cret@redis'],
  ['BATON_HEALTH_PORT', '70000'],
  ['BATON_LOG_LEVEL', 'loud'],
];

describe('the settings of the worker', () => {
  it('need the two database roles and nothing else', () => {
    expect(readConfig(good)).toMatchObject({ redisUrl: undefined, healthPort: undefined, supervised: false, logLevel: 'info' });
  });

  it.each(bad)('refuse %s=%s in one line that names it, without the password', (setting, value) => {
    const read = () => readConfig({ ...good, [setting]: value });

    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${setting} [^\\n]*$`));
    expect(read).not.toThrow(/s3cret/);
  });
});
