import { TestCluster, startPostgres } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../src/platform/config.js';
import { DatabaseAway, requireSafeDatabase } from '../src/platform/require-safe-database.js';
import { TestApi } from './support/api.js';

// Features: R-10

describe('the boot', () => {
  it('takes the application role on a migrated database', async () => {
    const { appUrl } = await startPostgres();

    await expect(requireSafeDatabase(appUrl)).resolves.toBeUndefined();
  });

  it('does not blame the settings when nobody answers', async () => {
    await expect(requireSafeDatabase('postgres://baton_app@127.0.0.1:1/baton')).rejects.toThrow(DatabaseAway);
  });

  it('refuses a superuser, the owner, a newer database, one that was never migrated, and none (85)', async () => {
    const { superuserUrl, ownerUrl, appUrl, name } = await startPostgres();
    const api = await TestApi.start();
    await api.superuser(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at) values ('x', 'x', '9999_future', now())`,
    );
    const newer = api.database.appUrl;
    await api.stop();

    for (const url of [superuserUrl, ownerUrl, newer, appUrl.replace(name, 'postgres'), appUrl.replace(name, 'nowhere')]) {
      const refused = requireSafeDatabase(url);
      await expect(refused).rejects.toThrow(ConfigError);
      await expect(refused).rejects.toThrow(/^[^\n]*DATABASE_URL[^\n]*$/);
    }
  });
});

describe('while the database is away (84)', () => {
  let cluster: TestCluster;
  let api: TestApi;
  beforeAll(async () => {
    cluster = await TestCluster.start();
    api = await TestApi.start({}, await cluster.database());
  });
  afterAll(async () => {
    await api.stop();
    await cluster.stop();
  });

  it('answers 503 with Retry-After, stays alive, and serves again when it is back', async () => {
    const token = await api.token('manager@acme.demo');
    const read = () => api.ask('GET', '/api/v1/user-tasks', { token });
    expect((await read()).status).toBe(200);

    await cluster.crash();
    const unavailable = { status: 503, body: { code: 'store-unavailable' } };
    expect(await read()).toMatchObject(unavailable);
    expect((await read()).headers.get('retry-after')).toMatch(/^\d+$/);
    expect(
      await api.ask('POST', '/api/v1/auth/login', { body: { tenant: 'acme', email: 'manager@acme.demo', password: 'demo' } }),
    ).toMatchObject(unavailable);
    expect(await api.ask('GET', '/api/health/ready')).toMatchObject(unavailable);
    expect((await api.ask('GET', '/api/health/live')).status).toBe(200);

    await cluster.restart();
    expect((await read()).status).toBe(200);
    expect((await api.ask('GET', '/api/health/ready')).status).toBe(200);
  });
});
