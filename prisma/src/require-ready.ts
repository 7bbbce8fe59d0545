import type { ClientBase } from 'pg';
import { MigrationError } from './migration-error.js';
import { pendingMigrations, readMigrations } from './migrations.js';
import { connect } from './owner.js';

/**
 * Refuse to run on a database that is not ours to run on: not migrated, newer, or through a role that row-level security does
 * not hold (superuser, BYPASSRLS, or the owner of a table). The api asks this once at boot; the worker, which knows nothing of
 * migrations, asks after its roles only (`apps/worker/src/require-safe-roles.ts`).
 *
 * @param setting  the environment variable the address came from, to name it in the message.
 * @throws MigrationError in one line.
 */
export async function requireReady(client: ClientBase, setting = 'DATABASE_URL'): Promise<void> {
  const { rows } = await client.query<{ role: string; unsafe: boolean; owns: boolean }>(
    `select current_user as role, rolsuper or rolbypassrls as unsafe,
            exists (select 1 from pg_class c where c.relnamespace = 'public'::regnamespace and pg_has_role(current_user, c.relowner, 'member')) as owns
     from pg_roles where rolname = current_user`,
  );
  const { role, unsafe, owns } = rows[0]!;
  if (unsafe)
    throw new MigrationError(`${setting} logs in as ${role}, which is superuser or BYPASSRLS: use the role baton_app, or one like it.`);
  if (owns)
    throw new MigrationError(
      `${setting} logs in as ${role}, which owns the tables: keep the owner for DATABASE_OWNER_URL, and use baton_app here.`,
    );
  const pending = await pendingMigrations(client, await readMigrations());
  if (pending.length > 0) {
    throw new MigrationError(
      `The database of ${setting} lacks migration ${pending[0]!.name}: run \`npm start\`, or the migration job, first.`,
    );
  }
}

/** The same, on a connection of its own. @throws MigrationError, or what the driver says when there is no way in. */
export async function requireReadyAt(url: string, setting = 'DATABASE_URL'): Promise<void> {
  const client = await connect(url);
  try {
    await requireReady(client, setting);
  } finally {
    await client.end();
  }
}
