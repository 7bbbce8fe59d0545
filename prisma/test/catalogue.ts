import type { Client } from 'pg';

/** Tables that no tenant owns, each with the reason why that is right. Whoever adds one signs here. */
export const SIGNED: Readonly<Record<string, string>> = {
  tenant: 'the directory of tenants: a login names a key before a tenant is known; holds no customer data',
  person: 'global; seen only through a membership in the transaction’s tenant (its own policy)',
  _prisma_migrations: 'what was applied; written by the owner only',
};

const RUNTIME_ROLES = ['baton_app', 'baton_engine', 'baton_dispatcher'];

/** Roles whose policies limit them to what a transaction names; the dispatcher sees due work of every tenant by design. */
const TENANT_ROLES = ['baton_app', 'baton_engine'];

interface Finding {
  readonly finding: string;
}

/** Every rule is a query whose rows are sentences that must not be. */
const RULES: readonly string[] = [
  // A partition is reached through its parent, under the parent's policies; a grant on it would go around them.
  `select format('%s is a partition and grants to %s', c.relname, grantee) as finding
   from pg_class c join information_schema.role_table_grants g on g.table_schema = 'public' and g.table_name = c.relname
   where c.relispartition and c.relnamespace = 'public'::regnamespace and grantee = any($2)`,

  `select format('%s has neither tenant_id nor a signature', t.relname) as finding
   from tables t where not has_tenant and t.relname <> all($1)`,

  `select format('%s has no %s row-level security', relname, case when relrowsecurity then 'FORCE' else 'ENABLE' end) as finding
   from tables where has_tenant and not (relrowsecurity and relforcerowsecurity)`,

  // A grant without a policy is only useless; a policy without a check lets rows in.
  `select format('%s: policy %s has no %s', p.tablename, p.policyname, case when qual is null then 'USING' else 'WITH CHECK' end) as finding
   from pg_policies p join tables t on t.relname = p.tablename and has_tenant
   where p.schemaname = 'public' and p.permissive = 'PERMISSIVE'
     and ((cmd in ('ALL', 'SELECT', 'UPDATE', 'DELETE') and qual is null) or (cmd in ('ALL', 'INSERT', 'UPDATE') and with_check is null))`,

  // Only the narrow role may have a policy that names no tenant.
  `select format('%s: policy %s for %s does not name the tenant', p.tablename, p.policyname, role) as finding
   from pg_policies p cross join unnest(p.roles) as role join tables t on t.relname = p.tablename and has_tenant
   where role = any($3 || array['public']::name[])
     and (coalesce(qual, with_check) not like '%tenant_id%' or coalesce(qual, with_check) not like '%app.tenant_id%'
          or coalesce(with_check, qual) not like '%tenant_id%')`,

  `select format('%s.%s does not begin with tenant_id', t.relname, i.indexrelid::regclass) as finding
   from tables t join pg_index i on i.indrelid = t.oid
   join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
   where has_tenant and i.indisunique and a.attname <> 'tenant_id'`,

  `select format('%s: foreign key %s does not begin with tenant_id', t.relname, k.conname) as finding
   from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
   join tables other on other.oid = k.confrelid and other.has_tenant
   where t.has_tenant and not (
     (select attname from pg_attribute where attrelid = k.conrelid and attnum = k.conkey[1]) = 'tenant_id' and
     (select attname from pg_attribute where attrelid = k.confrelid and attnum = k.confkey[1]) = 'tenant_id')`,

  `select format('role %s is %s', rolname, case when rolsuper then 'superuser' else 'BYPASSRLS' end) as finding
   from pg_roles where rolname = any($2) and (rolsuper or rolbypassrls)`,

  `select format('role %s owns %s', r.rolname, c.relname) as finding
   from pg_class c join pg_roles r on r.rolname = any($2) and pg_has_role(r.oid, c.relowner, 'member')
   where c.relnamespace = 'public'::regnamespace`,

  `select format('role %s may create in the database or schema', rolname) as finding
   from pg_roles where rolname = any($2)
     and (has_schema_privilege(oid, 'public', 'create') or has_database_privilege(oid, current_database(), 'create'))`,

  `select format('role %s may truncate %s', r.rolname, t.relname) as finding
   from tables t join pg_roles r on r.rolname = any($2) where has_table_privilege(r.oid, t.oid, 'truncate')`,

  // Both run as their owner and see every tenant.
  `select format('%s is a materialized view', relname) as finding from pg_class
   where relkind = 'm' and relnamespace = 'public'::regnamespace`,
  `select format('view %s is not security_invoker', relname) as finding from pg_class
   where relkind = 'v' and relnamespace = 'public'::regnamespace and not coalesce(reloptions::text like '%security_invoker=true%', false)`,
  `select format('function %s is SECURITY DEFINER and may be run by %s', p.proname, r.rolname) as finding
   from pg_proc p join pg_roles r on r.rolname = any($2)
   where p.pronamespace = 'public'::regnamespace and p.prosecdef and has_function_privilege(r.oid, p.oid, 'execute')
     and p.proname <> all($4)`,

  // The dispatcher sees every tenant, so it sees columns, never rows: no table-wide grant.
  `select format('baton_dispatcher may read all of %s', t.relname) as finding
   from tables t where t.relname <> '_prisma_migrations' and has_table_privilege('baton_dispatcher', t.oid, 'select')`,
  `select format('baton_dispatcher may read %s.%s', c.table_name, c.column_name) as finding
   from information_schema.column_privileges c join tables t on t.relname = c.table_name
   where c.grantee = 'baton_dispatcher' and c.privilege_type = 'SELECT' and t.has_tenant and c.column_name <> all($5)`,
];

/** SECURITY DEFINER functions the run-time roles may call, each with the reason why no tenant's rows come out. None so far. */
const DEFINER_FUNCTIONS: readonly string[] = [];

/** What it takes to schedule: who, which, what kind, when, whose (docs/decisions/0005). */
const DISPATCHER_COLUMNS: readonly string[] =
  'tenant_id id kind type instance_id run_at priority lease_owner lease_until lease_epoch held'.split(' ');

/** Ordinary and partitioned tables of ours; partitions are judged by their parent. */
const TABLES = `with tables as (
  select c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity,
         exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as has_tenant
  from pg_class c where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace)`;

/** The catalogue gate: every way in which the live database could let one tenant see another, as sentences. Empty is good. */
export async function findings(client: Client): Promise<string[]> {
  const parameters = [Object.keys(SIGNED), RUNTIME_ROLES, TENANT_ROLES, DEFINER_FUNCTIONS, DISPATCHER_COLUMNS];
  const types = ['name[]', 'name[]', 'name[]', 'name[]', 'text[]'];
  const all: string[] = [];
  for (const rule of RULES) {
    // Postgres wants every parameter used: the unused ones are named in a clause that is always true.
    const used = parameters.map((_, index) => `$${index + 1}::${types[index]} is not null`).join(' and ');
    const typed = rule.replaceAll(/\$(\d)/g, (place, index: string) => `${place}::${types[Number(index) - 1]}`);
    const { rows } = await client.query<Finding>(`${TABLES} select finding from (${typed}) as rule where ${used}`, parameters);
    all.push(...rows.map((row) => row.finding));
  }
  return all.sort();
}
