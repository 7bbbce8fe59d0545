import pg from 'pg';
import type { Client } from 'pg';

/**
 * A session that acts as the owner of the schema: who owns the tables already, else `baton_owner` where the connected role may
 * become it, else the connected role itself. So an administrator's address works without the administrator owning any table.
 *
 * The caller ends the client.
 */
export async function connectAsOwner(ownerUrl: string): Promise<Client> {
  const client = await connect(ownerUrl);
  try {
    await becomeOwner(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** A plain session that says in `pg_stat_activity` whose it is. */
export async function connect(url: string): Promise<Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-migrate', connectionTimeoutMillis: 10_000 });
  await client.connect();
  return client;
}

/** @see connectAsOwner */
export async function becomeOwner(client: Client): Promise<void> {
  const { rows } = await client.query<{ owner: string | null }>(
    `select coalesce(
       (select pg_get_userbyid(relowner)::text from pg_class where oid = to_regclass('_prisma_migrations')),
       (select rolname::text from pg_roles where rolname = 'baton_owner' and pg_has_role(current_user, oid, 'member'))
     ) as owner`,
  );
  const owner = rows[0]?.owner;
  if (owner) await client.query(`set role ${client.escapeIdentifier(owner)}`);
}
