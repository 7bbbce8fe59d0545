import pg from 'pg';
import { ConfigError } from './config.js';

/**
 * No worker runs with a role that row-level security does not bind (superuser, BYPASSRLS, or the owner of the tables): one wrong
 * query could mix tenants. Whether the database is migrated is the api's to ask.
 *
 * A database that is away is not a wrong setting; the runtime waits for it.
 *
 * @throws ConfigError naming the setting.
 */
export async function requireSafeRole(setting: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ bypasses: boolean; owns: boolean }>(
      `select rolsuper or rolbypassrls as bypasses,
              exists (select 1 from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
                      and pg_has_role(current_user, c.relowner, 'member')) as owns
       from pg_roles where rolname = current_user`,
    );
    if (rows[0]?.bypasses) {
      throw new ConfigError(`${setting} names a role that may bypass row-level security: use baton_engine or baton_dispatcher.`);
    }
    if (rows[0]?.owns) throw new ConfigError(`${setting} names a role that owns the tables: use baton_engine or baton_dispatcher.`);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const { code } = error as { code?: string };
    if (code === '28P01' || code === '28000' || code === '3D000')
      throw new ConfigError(`${setting} is refused by the database: check user, password and name.`);
  } finally {
    await client.end().catch(() => {});
  }
}
