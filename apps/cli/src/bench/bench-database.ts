import { randomBytes } from 'node:crypto';
import { connectAsOwner, migrate } from '@baton/prisma';
import { newId } from '@baton/runtime';
import { migrateQueue } from '@baton/runtime/embedded';
import { invalid } from '../exit.js';

/** A tenant of our own on somebody's server, and the addresses under which the product's roles reach it. */
export interface BenchDatabase {
  readonly tenantId: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
  readonly engineUrl: string;
  readonly dispatcherUrl: string;
  /** Removes the logins. The rows stay, to be looked at. */
  close(): Promise<void>;
}

/**
 * Bring the database up to date, add a fresh tenant to it, and a login for each run-time role. The logins are members of
 * `baton_app`, `baton_engine` and `baton_dispatcher`: row-level security holds them as in production, and nobody's password is
 * needed or changed.
 *
 * @param url  of an administrator.
 * @throws InputInvalid when that is not an address, or the server commits without waiting for the disk.
 */
export async function prepareBenchDatabase(url: string): Promise<BenchDatabase> {
  if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol)) {
    throw invalid('invalid-option', '--database-url is not an address that begins with postgres:// or postgresql://.');
  }
  await migrate({ ownerUrl: url });
  await migrateQueue(url);
  const tenantId = newId();
  const run = randomBytes(4).toString('hex');
  const login = (role: string) => `baton_bench_${role}_${run}`;
  const password = randomBytes(16).toString('hex');
  await withOwner(url, async (query) => {
    const [setting] = await query<{ commit: string; fsync: string }>(
      `select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync`,
    );
    if (setting?.commit !== 'on' || setting.fsync !== 'on') {
      const found = `synchronous_commit=${setting?.commit} and fsync=${setting?.fsync}`;
      throw invalid('not-durable', `The server has ${found}: a figure would not be one of durable steps.`);
    }
    await query('insert into tenant (id, key, name) values ($1, $2, $2)', [tenantId, `bench-${run}`]);
    await query('reset role');
    for (const role of ROLES) {
      await query(`create role ${login(role)} login nosuperuser nobypassrls inherit password '${password}' in role baton_${role}`);
    }
  });
  const as = (role: string): string => {
    const address = new URL(url);
    address.username = login(role);
    address.password = password;
    return address.href;
  };
  return {
    tenantId,
    ownerUrl: url,
    appUrl: as('app'),
    engineUrl: as('engine'),
    dispatcherUrl: as('dispatcher'),
    close: () =>
      withOwner(url, async (query) => {
        await query('reset role');
        await query(`drop role if exists ${ROLES.map(login).join(', ')}`);
      }),
  };
}

const ROLES = ['app', 'engine', 'dispatcher'] as const;

type Query = <Row>(text: string, values?: unknown[]) => Promise<Row[]>;

async function withOwner(url: string, work: (query: Query) => Promise<void>): Promise<void> {
  const client = await connectAsOwner(url);
  try {
    await work(async <Row>(text: string, values?: unknown[]) => (await client.query(text, values)).rows as Row[]);
  } finally {
    await client.end();
  }
}
