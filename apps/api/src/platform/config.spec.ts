import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.js';

const good = { DATABASE_URL: 'postgres://baton_app@localhost/baton', BATON_JWT_SECRET: 'q9$Lw2!vT7#xR4@nK8%mP1^cZ6&hJ3*d' };

describe('configuration', () => {
  it('is production on the loopback address unless told otherwise', () => {
    expect(readConfig(good)).toMatchObject({ profile: 'production', host: '127.0.0.1', port: 8080, supervised: false });
  });

  it('makes a secret of its own in the demo profile only', () => {
    expect(readConfig({ DATABASE_URL: good.DATABASE_URL, BATON_PROFILE: 'demo' }).jwtSecret).toHaveLength(32);
  });

  it.each([
    ['DATABASE_URL', { ...good, DATABASE_URL: undefined }],
    ['DATABASE_URL', { ...good, DATABASE_URL: 'mysql://localhost/baton' }],
    ['REDIS_URL', { ...good, REDIS_URL: 'localhost:6379' }],
    ['BATON_JWT_SECRET', { ...good, BATON_JWT_SECRET: undefined }],
    ['BATON_JWT_SECRET', { ...good, BATON_JWT_SECRET: 'short' }],
    ['BATON_JWT_SECRET', { ...good, BATON_JWT_SECRET: 'change-me-change-me-change-me-change-me' }],
    ['BATON_PROFILE', { ...good, BATON_PROFILE: 'test' }],
    ['BATON_PORT', { ...good, BATON_PORT: '80a' }],
    ['BATON_PORT', { ...good, BATON_PORT: '70000' }],
  ])('names %s in one line when it is wrong: %o', (name, env) => {
    const refuse = (): unknown => readConfig(env);

    expect(refuse).toThrow(ConfigError);
    expect(refuse).toThrow(new RegExp(`^${name}[^\\n]*$`));
  });
});
