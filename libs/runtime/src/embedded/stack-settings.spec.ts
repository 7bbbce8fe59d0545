import { describe, expect, it } from 'vitest';
import { ConfigProblem } from './config-problem.js';
import { readStackSettings } from './stack-settings.js';

const APP = 'postgres://baton_app:p@db/baton';
const OWNER = 'postgres://baton_owner:p@db/baton';
const SECRET = 'x'.repeat(32);

describe('settings of the stack', () => {
  it('needs none for a demo', () => {
    expect(readStackSettings({})).toEqual({
      profile: 'demo',
      host: '127.0.0.1',
      port: null,
      database: null,
      redisUrl: null,
      jwtSecret: null,
    });
  });

  it('takes what it is given over the environment', () => {
    const settings = readStackSettings({ BATON_PORT: '9000', BATON_PROFILE: 'demo' }, { port: 9001 });

    expect(settings.port).toBe(9001);
  });

  const wrong: readonly (readonly [setting: string, env: NodeJS.ProcessEnv])[] = [
    ['BATON_PROFILE', { BATON_PROFILE: 'staging' }],
    ['BATON_PORT', { BATON_PORT: '80a' }],
    ['BATON_PORT', { BATON_PORT: '70000' }],
    ['BATON_JWT_SECRET', { BATON_JWT_SECRET: 'short' }],
    ['REDIS_URL', { REDIS_URL: 'localhost:6379' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://db', DATABASE_OWNER_URL: OWNER }],
    ['DATABASE_URL', { DATABASE_OWNER_URL: OWNER }],
    ['DATABASE_OWNER_URL', { DATABASE_URL: APP }],
    ['DATABASE_URL', { BATON_PROFILE: 'production', BATON_JWT_SECRET: SECRET }],
    ['BATON_JWT_SECRET', { BATON_PROFILE: 'production', DATABASE_URL: APP, DATABASE_OWNER_URL: OWNER }],
    ['BATON_JWT_SECRET', { BATON_PROFILE: 'production', DATABASE_URL: APP, DATABASE_OWNER_URL: OWNER, BATON_JWT_SECRET: SECRET }],
    [
      'BATON_JWT_SECRET',
      {
        BATON_PROFILE: 'production',
        DATABASE_URL: APP,
        DATABASE_OWNER_URL: OWNER,
        BATON_JWT_SECRET: 'change-me-before-you-go-live-0123456789',
      },
    ],
  ];

  it.each(wrong)('names %s, in one line, for %o', (setting, env) => {
    const refusal = (() => {
      try {
        readStackSettings(env);
        return null;
      } catch (error) {
        return error;
      }
    })();

    expect(refusal).toBeInstanceOf(ConfigProblem);
    expect((refusal as Error).message.startsWith(setting)).toBe(true);
    expect((refusal as Error).message).not.toContain('\n');
  });
});
