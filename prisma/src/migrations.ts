import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ClientBase } from 'pg';
import { MigrationError } from './migration-error.js';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, in hex: an applied migration never changes. */
  readonly checksum: string;
}

/** The shipped migrations; the same place seen from `src` and from `dist`. */
const FOLDER = resolve(import.meta.dirname, '../migrations');

/** All migrations of a folder, in the order in which they apply. */
export async function readMigrations(folder = FOLDER): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * What is still to apply, given what `_prisma_migrations` holds. An empty or absent table means: everything.
 *
 * @throws MigrationError when the database is newer than this version, or was built from a file that has changed since.
 */
export async function pendingMigrations(client: ClientBase, migrations: readonly Migration[]): Promise<Migration[]> {
  const exists = await client.query<{ found: boolean }>(`select to_regclass('_prisma_migrations') is not null as found`);
  if (!exists.rows[0]!.found) return [...migrations];
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'select migration_name, checksum from _prisma_migrations where rolled_back_at is null and finished_at is not null order by migration_name',
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = known.get(row.migration_name);
    if (!migration) {
      throw new MigrationError(
        `The database is newer than this version: it has migration ${row.migration_name}. Start the version that made it.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationError(
        `Migration ${row.migration_name} was changed after it was applied: restore the file, and write a new migration.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  const pending = migrations.filter((migration) => !applied.has(migration.name));
  const last = rows.at(-1)?.migration_name;
  const late = pending.find((migration) => last !== undefined && migration.name < last);
  if (late) throw new MigrationError(`Migration ${late.name} comes before ${last}, which is applied already: give it a later number.`);
  return pending;
}
