import type { Client } from 'pg';
import { MigrationError } from './migration-error.js';

/** Passwords of the roles that log in at run time. A role whose password is left out keeps the one it has. */
export interface RolePasswords {
  readonly owner?: string;
  readonly app?: string;
  readonly engine?: string;
  readonly dispatcher?: string;
}

interface RoleSpec {
  readonly name: string;
  readonly password: keyof RolePasswords;
  /** Session settings; null for the owner, whose migrations may take long. */
  readonly settings: Readonly<Record<string, string>> | null;
}

/** Bounded statements, locks and idle transactions per role. The engine's group commit may take longer. */
const limits = (statementTimeout: string) => ({
  statement_timeout: statementTimeout,
  lock_timeout: '2s',
  idle_in_transaction_session_timeout: '10s',
});

/** Who may do what is granted in the migrations; here is only who exists. */
export const ROLES: readonly RoleSpec[] = [
  { name: 'baton_owner', password: 'owner', settings: null },
  { name: 'baton_app', password: 'app', settings: limits('5s') },
  { name: 'baton_engine', password: 'engine', settings: limits('30s') },
  { name: 'baton_dispatcher', password: 'dispatcher', settings: limits('5s') },
];

const RUNTIME_ROLES = ROLES.filter((role) => role.settings !== null).map((role) => role.name);

/**
 * Create the roles, or bring them up to date, when the connected role may; else check that the run-time roles exist and are
 * held by row-level security.
 *
 * @throws MigrationError naming, in one line, the roles that are missing or too powerful.
 */
export async function ensureRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const { rows } = await client.query<{ may: boolean }>(
    'select rolsuper or rolcreaterole as may from pg_roles where rolname = current_user',
  );
  if (rows[0]?.may) await retryOnConcurrentUpdate(() => createRoles(client, passwords));
  await checkRoles(client);
}

async function createRoles(client: Client, passwords: RolePasswords): Promise<void> {
  const existing = await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
    ROLES.map((r) => r.name),
  ]);
  const names = new Set(existing.rows.map((row) => row.rolname));
  for (const role of ROLES) {
    if (!names.has(role.name)) await client.query(`create role ${role.name} nosuperuser nocreatedb nocreaterole noinherit nobypassrls`);
    const password = passwords[role.password];
    if (password !== undefined) await client.query(`alter role ${role.name} login password ${client.escapeLiteral(password)}`);
    for (const [name, value] of Object.entries(role.settings ?? {})) await client.query(`alter role ${role.name} set ${name} = '${value}'`);
  }
  const database = await client.query<{ name: string }>('select quote_ident(current_database()) as name');
  await client.query(`grant connect, create, temporary on database ${database.rows[0]!.name} to baton_owner`);
  await client.query(`grant connect on database ${database.rows[0]!.name} to ${RUNTIME_ROLES.join(', ')}`);
  await client.query('grant create, usage on schema public to baton_owner');
  const self = await client.query<{ owner: boolean }>(`select current_user = 'baton_owner' as owner`);
  if (!self.rows[0]!.owner) await client.query('grant baton_owner to current_user');
}

async function checkRoles(client: Client): Promise<void> {
  const { rows } = await client.query<{ rolname: string; unsafe: boolean }>(
    'select rolname, rolsuper or rolbypassrls as unsafe from pg_roles where rolname = any($1)',
    [RUNTIME_ROLES],
  );
  const missing = RUNTIME_ROLES.filter((name) => !rows.some((row) => row.rolname === name));
  if (missing.length > 0) {
    throw new MigrationError(
      `The database lacks the roles ${missing.join(', ')}, and the role of DATABASE_OWNER_URL may not create them: create them with login and a password, or give it CREATEROLE.`,
    );
  }
  const unsafe = rows.filter((row) => row.unsafe).map((row) => row.rolname);
  if (unsafe.length > 0) {
    throw new MigrationError(
      `The roles ${unsafe.join(', ')} are superuser or BYPASSRLS: take that away, row-level security would not hold them.`,
    );
  }
}

/** Roles belong to the whole cluster: two databases migrated at once may meet in pg_authid ("tuple concurrently updated"). */
async function retryOnConcurrentUpdate(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (attempt === 8 || (code !== 'XX000' && code !== '42710' && code !== '23505')) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25 * attempt));
    }
  }
}
