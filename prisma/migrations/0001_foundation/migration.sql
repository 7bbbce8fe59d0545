-- Tenants, people, groups, sessions and the audit trail.
--
-- Runs as the owner of the schema. The roles baton_app, baton_engine and baton_dispatcher exist by now: the migrator creates
-- them, or has checked that somebody did (src/roles.ts), because a plain owner may not create roles.
--
-- Row-level security: every table with a tenant_id has ENABLE and FORCE. The setting `app.tenant_id` names the one tenant of a
-- transaction (set by withTenant); without it a query finds nothing and a write is refused. After a transaction that set it
-- locally the setting reads '' and not NULL, hence the nullif. The owner is held to the same policy: FORCE leaves no way around.

revoke create on schema public from public;
grant usage on schema public to baton_app, baton_engine, baton_dispatcher;

-- The directory of tenants: read before a tenant is known (a login names its key), so it has no policy.
-- It holds no customer data, and settings never hold a secret.
create table tenant (
  id         uuid primary key,
  key        text not null unique check (key ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name       text not null check (length(name) between 1 and 200),
  settings   jsonb not null default '{}',
  created_at timestamptz not null default now()
);
grant select on tenant to baton_app, baton_engine;
grant select (id, key) on tenant to baton_dispatcher;

-- A person is global and may belong to several tenants. `username` is what assignees and candidate users name.
create table person (
  id            uuid primary key,
  username      text not null unique check (length(username) between 1 and 100),
  email         text not null check (email = lower(email) and length(email) between 3 and 320),
  name          text not null check (length(name) between 1 and 200),
  password_hash text,
  created_at    timestamptz not null default now(),
  updated_at    timestamptz not null default now(),
  constraint person_email_key unique (email)
);

-- A person's place in a tenant. `title` is what colleagues call the job.
create table membership (
  tenant_id  uuid not null references tenant (id) on delete cascade,
  person_id  uuid not null references person (id) on delete cascade,
  title      text not null default '',
  roles      text[] not null default '{member}'
             check (roles <@ array['administrator', 'designer', 'operator', 'member'] and cardinality(roles) > 0),
  created_at timestamptz not null default now(),
  primary key (tenant_id, person_id)
);
create index membership_person on membership (person_id);

-- Groups: what candidate groups of a user task name, by key.
create table person_group (
  tenant_id  uuid not null references tenant (id) on delete cascade,
  id         uuid not null,
  key        text not null check (length(key) between 1 and 100),
  name       text not null check (length(name) between 1 and 200),
  created_at timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, key)
);

create table group_member (
  tenant_id uuid not null,
  group_id  uuid not null,
  person_id uuid not null,
  primary key (tenant_id, group_id, person_id),
  foreign key (tenant_id, group_id) references person_group (tenant_id, id) on delete cascade,
  foreign key (tenant_id, person_id) references membership (tenant_id, person_id) on delete cascade
);
create index group_member_person on group_member (tenant_id, person_id);

-- One row per refresh token ever handed out. Only the SHA-256 of the token is kept; the token itself carries the tenant's id
-- in front, so that it can be looked up under the tenant's policy. A rotated token that comes back ends its whole family.
create table refresh_token (
  tenant_id  uuid not null,
  id         uuid not null,
  person_id  uuid not null,
  family     uuid not null,
  token_hash bytea not null check (octet_length(token_hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  rotated_at timestamptz,
  revoked_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references membership (tenant_id, person_id) on delete cascade
);
create index refresh_token_family on refresh_token (tenant_id, family);
create index refresh_token_person on refresh_token (tenant_id, person_id);

-- What people and administration did (docs/decisions/0005). Steps of instances write history instead.
create table audit_entry (
  tenant_id uuid not null references tenant (id),
  id        uuid not null,
  at        timestamptz not null default now(),
  actor_id  uuid,
  actor     text not null,
  action    text not null,
  target    text not null default '',
  detail    jsonb not null default '{}',
  primary key (tenant_id, id)
);
create index audit_entry_at on audit_entry (tenant_id, at desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;
create trigger audit_entry_append_only before update or delete or truncate on audit_entry
  for each statement execute function refuse_change();

do $$
declare
  t text;
begin
  foreach t in array array['membership', 'person_group', 'group_member', 'refresh_token', 'audit_entry'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I to baton_app, current_user'
      ' using (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)'
      ' with check (tenant_id = nullif(current_setting(''app.tenant_id'', true), '''')::uuid)', t);
  end loop;
end $$;

grant select, insert, update, delete on membership, person_group, group_member, refresh_token to baton_app;
grant select, insert on audit_entry to baton_app;

-- A person is seen through a membership in the transaction's tenant: the inner select is itself under membership's policy.
-- Anybody may be added (an invitation precedes the membership); nobody is deleted at run time.
alter table person enable row level security;
alter table person force row level security;
create policy person_owner on person to current_user using (true) with check (true);
create policy person_of_tenant on person for select to baton_app
  using (exists (select 1 from membership m where m.person_id = person.id));
create policy person_change on person for update to baton_app
  using (exists (select 1 from membership m where m.person_id = person.id))
  with check (exists (select 1 from membership m where m.person_id = person.id));
create policy person_add on person for insert to baton_app with check (true);
grant select, insert, update on person to baton_app;
