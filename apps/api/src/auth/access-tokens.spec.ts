import { randomUUID } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.js';
import { AccessTokens } from './access-tokens.js';

const config = readConfig({ DATABASE_URL: 'postgres://localhost/baton', BATON_PROFILE: 'demo' });
const tokens = new AccessTokens(config);
const who = { sub: randomUUID(), tenant: randomUUID(), family: randomUUID() };

const forged = (
  header: Record<string, unknown>,
  change: (token: SignJWT) => SignJWT = (token) => token,
  secret = config.jwtSecret,
): Promise<string> =>
  change(
    new SignJWT({ tenant: who.tenant, family: who.family })
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
      .setSubject(who.sub)
      .setIssuer('baton')
      .setAudience('baton-api')
      .setIssuedAt()
      .setExpirationTime('5m'),
  ).sign(secret);

describe('access tokens', () => {
  it('come back as they were issued', async () => {
    expect(await tokens.verify(await tokens.issue(who))).toMatchObject(who);
  });

  it('accepts the control token that the forgeries below vary', async () => {
    expect(await tokens.verify(await forged({}))).toMatchObject(who);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['alg none', () => new UnsecuredJWT({ ...who }).setExpirationTime('5m').encode()],
    ['another secret', () => forged({}, undefined, new Uint8Array(32))],
    ['another HMAC', () => forged({ alg: 'HS512' }, undefined, new Uint8Array(64))],
    ['a key id', () => forged({ kid: '../../dev/null' })],
    ['a key address', () => forged({ jku: 'https://evil.test/keys' })],
    ['another type', () => forged({ typ: 'JWT' })],
    ['another issuer', () => forged({}, (token) => token.setIssuer('evil'))],
    ['another audience', () => forged({}, (token) => token.setAudience('evil'))],
    ['an end in the past', () => forged({}, (token) => token.setExpirationTime(1))],
    ['a beginning in the future', () => forged({}, (token) => token.setNotBefore('1h'))],
    ['a subject that is no id', () => forged({}, (token) => token.setSubject('admin'))],
    ['garbage', () => 'a.b.c'],
    ['six segments', () => 'a.b.c.d.e.f'],
    ['100 KB', () => `${'a'.repeat(100_000)}.b.c`],
  ])('refuses a token with %s', async (_, make) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });
  });
});
