import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { MigrationError } from './migration-error.js';
import type { Migration } from './migrations.js';
import { pendingMigrations, readMigrations } from './migrations.js';
import { becomeOwner, connect } from './owner.js';
import type { RolePasswords } from './roles.js';
import { ensureRoles } from './roles.js';

/** Any number nobody else locks on: only one migrator works on a database at a time. */
const LOCK = 0x6261746f;

export interface MigrateOptions {
  /** A role that owns the schema, or may become `baton_owner`. */
  readonly ownerUrl: string;
  readonly passwords?: RolePasswords;
  /** Where the migrations lie; the shipped ones when left out. */
  readonly folder?: string;
}

/**
 * Bring a database up to date: roles, then every pending migration in a transaction of its own.
 * Starting several at once is safe; the later ones wait and find nothing to do.
 *
 * @returns the names of the migrations that were applied.
 * @throws MigrationError with one line to act on.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const client = await connect(options.ownerUrl);
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await ensureRoles(client, options.passwords ?? {});
    await becomeOwner(client);
    const pending = await pendingMigrations(client, await readMigrations(options.folder));
    if (pending.length > 0) await requireCreate(client);
    for (const migration of pending) await applyMigration(client, migration);
    await keepAhead(client);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The history's months, two years ahead: made again with each release, so that a database never runs out of them. */
async function keepAhead(client: Client): Promise<void> {
  const { rows } = await client.query<{ exists: boolean }>(`select to_regproc('create_history_partitions') is not null as exists`);
  if (rows[0]!.exists) await client.query('select create_history_partitions()');
}

async function requireCreate(client: Client): Promise<void> {
  const { rows } = await client.query<{ role: string; may: boolean }>(
    `select current_user as role, has_schema_privilege('public', 'create') as may`,
  );
  if (!rows[0]!.may)
    throw new MigrationError(`The role ${rows[0]!.role} of DATABASE_OWNER_URL may not create tables: grant it CREATE on schema public.`);
}

/** The migration and its row commit together, so a kill leaves either both or neither. */
async function applyMigration(client: Client, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query("set local lock_timeout = '5s'");
    await client.query(LEDGER);
    await client.query(migration.sql);
    await client.query(
      `insert into _prisma_migrations (id, checksum, finished_at, migration_name, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new MigrationError(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The table as Prisma keeps it. The run-time roles read it: a process refuses to start on a database of another version. */
const LEDGER = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key, checksum varchar(64) not null, finished_at timestamptz, migration_name varchar(255) not null,
    logs text, rolled_back_at timestamptz, started_at timestamptz not null default now(), applied_steps_count int not null default 0
  );
  grant select on _prisma_migrations to baton_app, baton_engine, baton_dispatcher;`;
