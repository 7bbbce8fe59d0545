import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrate, seedDemo } from '@baton/prisma';
import pg from 'pg';
import { ConfigProblem } from './config-problem.js';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { migrateQueue } from './migrate-queue.js';
import type { Secrets } from './secrets.js';
import type { StackSettings } from './stack-settings.js';

/** The addresses the processes get. The owner's stays with us. */
export interface DatabaseAddresses {
  readonly appUrl: string;
  readonly engineUrl: string;
  readonly dispatcherUrl: string;
}

const DATABASE = 'baton';

/** Start the embedded server on the port it had before, if that is free. */
export async function startEmbedded(dataDir: string, secrets: Secrets): Promise<EmbeddedPostgres> {
  const portFile = join(dataDir, 'postgres.port');
  const port = existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0;
  const server = await EmbeddedPostgres.start({
    dir: join(dataDir, 'postgres'),
    password: secrets.superuser,
    port,
    logFile: join(dataDir, 'logs', 'postgres.log'),
  });
  if (server.port !== port) writeFileSync(portFile, String(server.port));
  return server;
}

/** Roles, tables, queue schema and demo people of the embedded server, brought up to date. */
export async function prepareEmbedded(server: EmbeddedPostgres, secrets: Secrets, seed: boolean): Promise<DatabaseAddresses> {
  await createDatabase(server.url('postgres'));
  await migrate({ ownerUrl: server.url(DATABASE), passwords: secrets });
  await fill(server.url(DATABASE, 'baton_owner', secrets.owner), seed);
  return {
    appUrl: server.url(DATABASE, 'baton_app', secrets.app),
    engineUrl: server.url(DATABASE, 'baton_engine', secrets.engine),
    dispatcherUrl: server.url(DATABASE, 'baton_dispatcher', secrets.dispatcher),
  };
}

/** The same on a database of the operator's. Roles we may manage get the passwords the addresses name, or made-up ones. */
export async function prepareExternal(
  database: NonNullable<StackSettings['database']>,
  env: NodeJS.ProcessEnv,
  secrets: Pick<Secrets, 'engine' | 'dispatcher'>,
  seed: boolean,
): Promise<DatabaseAddresses> {
  const engine = env['BATON_ENGINE_PASSWORD'] || secrets.engine;
  const dispatcher = env['BATON_DISPATCHER_PASSWORD'] || secrets.dispatcher;
  const addresses: DatabaseAddresses = {
    appUrl: database.appUrl,
    engineUrl: database.engineUrl ?? asRole(database.appUrl, 'baton_engine', engine),
    dispatcherUrl: database.dispatcherUrl ?? asRole(database.appUrl, 'baton_dispatcher', dispatcher),
  };
  const app = new URL(database.appUrl);
  await reach(database.ownerUrl, 'DATABASE_OWNER_URL');
  await migrate({
    ownerUrl: database.ownerUrl,
    passwords: {
      ...(app.username === 'baton_app' && app.password && { app: decodeURIComponent(app.password) }),
      ...(database.engineUrl ? {} : { engine }),
      ...(database.dispatcherUrl ? {} : { dispatcher }),
    },
  });
  await reach(addresses.appUrl, 'DATABASE_URL');
  await reach(addresses.engineUrl, database.engineUrl ? 'DATABASE_ENGINE_URL' : 'BATON_ENGINE_PASSWORD');
  await reach(addresses.dispatcherUrl, database.dispatcherUrl ? 'DATABASE_DISPATCHER_URL' : 'BATON_DISPATCHER_PASSWORD');
  await fill(database.ownerUrl, seed);
  return addresses;
}

async function fill(ownerUrl: string, seed: boolean): Promise<void> {
  await migrateQueue(ownerUrl);
  if (seed) await seedDemo(ownerUrl);
}

async function createDatabase(superuserUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** @throws ConfigProblem naming the setting the address came from when nobody answers there, or the role is refused. */
async function reach(url: string, setting: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    const why = error instanceof Error && error.message ? error.message : String((error as { code?: string }).code ?? error);
    throw new ConfigProblem(`${setting}: the database does not let us in (${why}).`);
  } finally {
    await client.end().catch(() => {});
  }
}

function asRole(url: string, role: string, password: string): string {
  const address = new URL(url);
  address.username = role;
  address.password = encodeURIComponent(password);
  return address.href;
}
