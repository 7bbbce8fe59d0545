import { startPostgres } from '@baton/testing';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findings } from './catalogue.js';

// Features: P-01

let client: pg.Client;

beforeAll(async () => {
  client = new pg.Client({ connectionString: (await startPostgres()).superuserUrl });
  await client.connect();
});
afterAll(() => client.end());

it('finds nothing on the migrated database', async () => {
  expect(await findings(client)).toEqual([]);
});

/** A gate that was never red proves nothing. */
const planted: readonly (readonly [what: string, sql: string, finding: RegExp])[] = [
  ['a table without a tenant', 'create table planted (id int primary key)', /^planted has neither tenant_id nor a signature$/],
  [
    'a tenant table without policies',
    'create table planted (tenant_id uuid, id uuid, primary key (tenant_id, id))',
    /^planted has no ENABLE/,
  ],
  [
    'a table whose owner goes around its policies',
    'create table planted (tenant_id uuid, id uuid, primary key (tenant_id, id)); alter table planted enable row level security',
    /^planted has no FORCE/,
  ],
  [
    'a policy that lets rows of any tenant in',
    `create policy planted on membership for insert to baton_app with check (true)`,
    /^membership: policy planted for baton_app does not name the tenant$/,
  ],
  [
    'a policy without WITH CHECK',
    `create policy planted on membership to baton_app using (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid)`,
    /^membership: policy planted has no WITH CHECK$/,
  ],
  [
    'a unique value over all tenants',
    'create unique index planted on refresh_token (token_hash)',
    /^refresh_token\.planted does not begin with tenant_id$/,
  ],
  [
    'a foreign key that another tenant’s row satisfies',
    `alter table person_group add constraint planted_key unique (id);
     alter table group_member add constraint planted foreign key (group_id) references person_group (id)`,
    /^group_member: foreign key planted does not begin with tenant_id$/,
  ],
  ['a role around all policies', 'alter role baton_engine bypassrls', /^role baton_engine is BYPASSRLS$/],
  ['a role that owns a table', 'alter table membership owner to baton_app', /^role baton_app owns membership$/],
  ['a role that may empty a table', 'grant truncate on history to baton_engine', /^role baton_engine may truncate history$/],
  ['a view that reads as its owner', 'create view planted as select * from membership', /^view planted is not security_invoker$/],
  ['a copy no policy holds', 'create materialized view planted as select * from membership', /^planted is a materialized view$/],
  [
    'a function that reads as its owner',
    `create function planted() returns bigint language sql security definer as 'select count(*) from membership'`,
    /^function planted is SECURITY DEFINER and may be run by baton_app$/,
  ],
  ['a dispatcher that reads payloads', 'grant select on job to baton_dispatcher', /^baton_dispatcher may read all of job$/],
  [
    'a dispatcher that reads names',
    'grant select (business_key) on process_instance to baton_dispatcher',
    /^baton_dispatcher may read process_instance\.business_key$/,
  ],
  [
    'a way into a partition around its parent',
    `do $$ begin execute format('grant select on %s to baton_app', (select inhrelid::regclass from pg_inherits where inhparent = 'history'::regclass limit 1)); end $$`,
    /^history_\S+ is a partition and grants to baton_app$/,
  ],
];

it.each(planted)('turns red for %s', async (_, sql, finding) => {
  await client.query('begin');
  try {
    await client.query(sql);
    expect(await findings(client)).toContainEqual(expect.stringMatching(finding));
  } finally {
    await client.query('rollback');
  }
});
