import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Me, Tokens } from '@baton/contracts';
import { TestApi } from './support/api.js';

// Features: P-02, P-03

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const login = (body: unknown) => api.ask<Tokens>('POST', '/api/v1/auth/login', { body });
const refresh = (refreshToken: string) => api.ask<Tokens>('POST', '/api/v1/auth/refresh', { body: { refreshToken } });

describe('signing in', () => {
  it('gives tokens that say who I am', async () => {
    const { accessToken, expiresIn } = await api.login('manager@acme.demo');
    const me = await api.ask<Me>('GET', '/api/v1/auth/me', { token: accessToken });

    expect(expiresIn).toBe(600);
    expect(me.body).toMatchObject({ username: 'mary', tenant: { key: 'acme' }, roles: ['member'], groups: ['management'] });
  });

  it('answers the same for a wrong password, person and tenant', async () => {
    const answers = await Promise.all([
      login({ tenant: 'acme', email: 'manager@acme.demo', password: 'wrong' }),
      login({ tenant: 'acme', email: 'nobody@acme.demo', password: 'demo' }),
      login({ tenant: 'nowhere', email: 'manager@acme.demo', password: 'demo' }),
      login({ tenant: 'beta', email: 'manager@acme.demo', password: 'demo' }),
    ]);

    const bodies = answers.map(({ status, body }) => ({ status, ...body, traceId: '' }));
    expect(bodies[0]).toMatchObject({ status: 401, code: 'unauthenticated' });
    for (const body of bodies) expect(body).toEqual(bodies[0]);
  });

  it('has to wait after twenty wrong passwords, without a word whether the next was right', async () => {
    const wrong = { tenant: 'acme', email: 'sales@acme.demo', password: 'wrong' };
    for (let turn = 0; turn < 20; turn += 1) expect((await login(wrong)).status).toBe(401);
    const refused = await login({ ...wrong, password: 'demo' });

    expect(refused).toMatchObject({ status: 429, body: { code: 'rate-limited' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('refuses tokens that are none, in every route but the public ones', async () => {
    for (const token of [undefined, 'garbage', 'a.b.c']) {
      const answer = await api.ask('GET', '/api/v1/user-tasks', { ...(token && { token }) });
      expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  it('refuses to act for another tenant', async () => {
    const token = await api.token('manager@acme.demo');
    const answer = await api.ask('GET', '/api/v1/auth/me', { token, headers: { 'x-tenant-id': crypto.randomUUID() } });

    expect(answer).toMatchObject({ status: 403, body: { code: 'tenant-mismatch' } });
  });
});

describe('staying signed in', () => {
  it('trades each refresh token for a new one', async () => {
    const first = await api.login('requester@acme.demo');
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.body.refreshToken);

    expect(third.status).toBe(200);
    expect(new Set([first.refreshToken, second.body.refreshToken, third.body.refreshToken]).size).toBe(3);
    expect((await api.ask('GET', '/api/v1/auth/me', { token: third.body.accessToken })).status).toBe(200);
  });

  it('takes the same token again within the grace, for a client that did not hear the answer', async () => {
    const { refreshToken } = await api.login('requester@acme.demo');

    expect((await refresh(refreshToken)).status).toBe(200);
    expect((await refresh(refreshToken)).status).toBe(200);
  });

  it('ends the whole sign-in when an old token comes back', async () => {
    const first = await api.login('finance@acme.demo');
    const second = await refresh(first.refreshToken);
    await api.superuser(`update refresh_token set rotated_at = rotated_at - interval '1 minute' where rotated_at is not null`);

    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401, body: { code: 'refresh-reused' } });
    expect((await refresh(second.body.refreshToken)).status).toBe(401);
    expect(await api.superuser(`select action from audit_entry`)).toContainEqual({ action: 'refresh-token-reused' });
  });

  it('ends with the sign-out', async () => {
    const { accessToken, refreshToken } = await api.login('designer@acme.demo');
    const answer = await api.ask('POST', '/api/v1/auth/logout', { body: { refreshToken } });

    expect(answer.status).toBe(204);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await api.ask('GET', '/api/v1/auth/me', { token: accessToken })).status).toBe(401);
  });

  it('does not take an access token for a refresh token, nor the other way round', async () => {
    const { accessToken, refreshToken } = await api.login('designer@acme.demo');

    expect((await refresh(accessToken)).status).toBe(401);
    expect((await api.ask('GET', '/api/v1/auth/me', { token: refreshToken })).status).toBe(401);
  });
});

describe('the demo', () => {
  it('offers its accounts and signs in with one click', async () => {
    const accounts = await api.ask<{ email: string; tenant: string }[]>('GET', '/api/v1/auth/demo-accounts');
    const answer = await api.ask<Tokens>('POST', '/api/v1/auth/demo-login', { body: { tenant: 'acme', email: 'administrator@acme.demo' } });

    expect(accounts.body).toContainEqual(expect.objectContaining({ tenant: 'acme', email: 'manager@acme.demo' }));
    expect((await api.ask<Me>('GET', '/api/v1/auth/me', { token: answer.body.accessToken })).body.roles).toEqual(['administrator']);
  });

  it('does not exist in production', async () => {
    const production = await TestApi.start({ BATON_PROFILE: 'production', BATON_JWT_SECRET: 'q9$Lw2!vT7#xR4@nK8%mP1^cZ6&hJ3*d' });
    const accounts = await production.ask('GET', '/api/v1/auth/demo-accounts');
    const answer = await production.ask('POST', '/api/v1/auth/demo-login', { body: { tenant: 'acme', email: 'manager@acme.demo' } });
    await production.stop();

    expect(accounts.text).toBe('[]');
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});
