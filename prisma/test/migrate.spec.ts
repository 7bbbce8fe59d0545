import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrate, MigrationError, openPrisma, findLogin, requireReady, seedDemo, withTenant } from '@baton/prisma';
import { startPostgres } from '@baton/testing';
import type { TestDatabase } from '@baton/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

// Features: K-01

const MIGRATIONS = resolve(import.meta.dirname, '../migrations');
let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await startPostgres();
  folder = mkdtempSync(join(tmpdir(), 'baton-migrations-'));
  cpSync(MIGRATIONS, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const ready = async (url: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await requireReady(client);
  } finally {
    await client.end();
  }
};

describe('the migrator', () => {
  it('finds nothing to do the second time, also when two start at once', async () => {
    const results = await Promise.all([migrate({ ownerUrl: database.ownerUrl }), migrate({ ownerUrl: database.superuserUrl })]);

    expect(results).toEqual([[], []]);
  });

  it('keeps the months of the history ahead, also when nothing else is to be done', async () => {
    const months = () => query(database.ownerUrl, `select count(*)::int as count from pg_inherits where inhparent = 'history'::regclass`);
    const made = await months();
    const last = await query(
      database.ownerUrl,
      `select max(inhrelid::regclass::text) as name from pg_inherits where inhparent = 'history'::regclass`,
    );
    await query(database.ownerUrl, `drop table ${(last as { name: string }[])[0]!.name}`);
    await migrate({ ownerUrl: database.ownerUrl });

    expect(await months()).toEqual(made);
  });

  it('applies a new migration once, in a transaction of its own', async () => {
    mkdirSync(join(folder, '9001_good'));
    writeFileSync(join(folder, '9001_good/migration.sql'), 'create table planted_good (id int);');
    mkdirSync(join(folder, '9002_half'));
    writeFileSync(join(folder, '9002_half/migration.sql'), 'create table planted_half (id int); select 1 / 0;');

    await expect(migrate({ ownerUrl: database.ownerUrl, folder })).rejects.toThrow(/9002_half failed: division by zero/);

    expect(
      await query(database.superuserUrl, `select to_regclass('planted_good')::text as good, to_regclass('planted_half')::text as half`),
    ).toEqual([{ good: 'planted_good', half: null }]);
    rmSync(join(folder, '9002_half'), { recursive: true });
    expect(await migrate({ ownerUrl: database.ownerUrl, folder })).toEqual([]);
  });

  it('refuses a migration that was changed after it was applied', async () => {
    writeFileSync(join(folder, '9001_good/migration.sql'), 'create table planted_other (id int);');

    await expect(migrate({ ownerUrl: database.ownerUrl, folder })).rejects.toThrow(/9001_good was changed after it was applied/);
  });

  it('refuses a database that is newer than this version', async () => {
    await expect(migrate({ ownerUrl: database.ownerUrl })).rejects.toThrow(/newer than this version: it has migration 9001_good/);
    await expect(ready(database.appUrl)).rejects.toThrow(/newer than this version/);
  });

  it('names the roles that are missing when it may not create them, in one line', async () => {
    const other = await startPostgres();
    await query(other.superuserUrl, `create role plain_owner login password 'p'`);
    await query(other.superuserUrl, 'alter role baton_dispatcher rename to baton_dispatcher_away');
    try {
      const ownerUrl = other.superuserUrl.replace(/\/\/[^@]*@/, '//plain_owner:p@');
      const refusal = await migrate({ ownerUrl }).catch((error: unknown) => error);

      expect(refusal).toBeInstanceOf(MigrationError);
      expect((refusal as Error).message).toMatch(/lacks the roles baton_dispatcher,/);
      expect((refusal as Error).message).not.toContain('\n');
    } finally {
      await query(other.superuserUrl, 'alter role baton_dispatcher_away rename to baton_dispatcher');
    }
  });
});

describe('a process at boot', () => {
  it('accepts the application role on a migrated database', async () => {
    const fresh = await startPostgres();

    await expect(ready(fresh.appUrl)).resolves.toBeUndefined();
  });

  it('refuses a superuser and the owner of the tables', async () => {
    const fresh = await startPostgres();

    await expect(ready(fresh.superuserUrl)).rejects.toThrow(/superuser or BYPASSRLS/);
    await expect(ready(fresh.ownerUrl)).rejects.toThrow(/owns the tables/);
  });

  it('refuses a database that lacks a migration', async () => {
    const fresh = await startPostgres();
    await query(fresh.superuserUrl, `delete from _prisma_migrations where migration_name like '0004%'`);

    await expect(ready(fresh.appUrl)).rejects.toThrow(/lacks migration 0004_migration/);
  });
});

describe('the demo seed', () => {
  it('changes nothing the second time', async () => {
    const fresh = await startPostgres();
    const count = `select (select count(*)::int from person) as people, (select count(*)::int from membership) as members,
                          (select count(*)::int from group_member) as places`;
    const before = await query(fresh.superuserUrl, count);

    await Promise.all([seedDemo(fresh.ownerUrl), seedDemo(fresh.ownerUrl)]);

    expect(await query(fresh.superuserUrl, count)).toEqual(before);
    expect(before).toEqual([{ people: 8, members: 8, places: 4 }]);
  });
});

describe('withTenant', () => {
  it('finds a login through the tenant it belongs to, and nobody elsewhere', async () => {
    const fresh = await startPostgres();
    const prisma = openPrisma(fresh.appUrl, 2);
    try {
      const mary = await findLogin(prisma, 'acme', 'Manager@acme.demo');
      expect(mary?.person.username).toBe('mary');
      expect(mary?.groups).toEqual(['management']);
      expect(await findLogin(prisma, 'beta', 'manager@acme.demo')).toBeNull();
      expect(await findLogin(prisma, 'nobody', 'manager@acme.demo')).toBeNull();
      expect(await prisma.person.count(), 'people without a tenant').toBe(0);
      expect(await prisma.membership.count(), 'memberships without a tenant').toBe(0);
    } finally {
      await prisma.$disconnect();
    }
  });

  it('keeps 1 000 concurrent calls of two tenants on two connections apart, throws included', async () => {
    const fresh = await startPostgres();
    const prisma = openPrisma(fresh.appUrl, 2);
    try {
      const tenants = await prisma.tenant.findMany({ orderBy: { key: 'asc' } });
      const seen = await Promise.all(
        Array.from({ length: 1_000 }, async (_, index) => {
          const tenant = tenants[index % 2]!;
          return retryWhileBusy(() =>
            withTenant(prisma, tenant.id, async (tx) => {
              const rows = await tx.membership.findMany();
              if (index % 7 === 0) {
                await tx.personGroup.create({ data: { tenantId: tenant.id, key: `thrown-${index}`, name: 'thrown' } });
                throw new Error('thrown away');
              }
              return rows.every((row) => row.tenantId === tenant.id);
            }),
          ).catch((error: Error) => error.message === 'thrown away');
        }),
      );

      expect(seen.every(Boolean)).toBe(true);
      expect(await query(fresh.superuserUrl, `select count(*)::int as thrown from person_group where key like 'thrown%'`)).toEqual([
        { thrown: 0 },
      ]);
    } finally {
      await prisma.$disconnect();
    }
  });

  it('refuses to write into another tenant', async () => {
    const fresh = await startPostgres();
    const prisma = openPrisma(fresh.appUrl, 2);
    try {
      const [acme, beta] = await prisma.tenant.findMany({ orderBy: { key: 'asc' } });
      await expect(
        withTenant(prisma, acme!.id, (tx) => tx.personGroup.create({ data: { tenantId: beta!.id, key: 'spies', name: 'Spies' } })),
      ).rejects.toThrow(/row-level security|42501/);
    } finally {
      await prisma.$disconnect();
    }
  });
});

/** Two connections for a thousand callers: some wait longer than a transaction may wait for its turn. */
async function retryWhileBusy<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== 'P2028') throw error;
    }
  }
}
