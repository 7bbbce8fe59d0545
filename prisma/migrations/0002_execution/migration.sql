-- Definitions, instances, their inbox and history, and all due work.
--
-- The tables of the hot path are written by libs/runtime only, with multi-row statements. Three roles meet here:
--   baton_app         one tenant per transaction (`app.tenant_id`): deploys, starts, claims, completes, publishes
--   baton_engine      exactly the tenants of its batch (`app.tenant_ids`, a uuid array): advances instances
--   baton_dispatcher  every tenant, but only the columns that say what is due: no name, no payload, no variable
-- The policies read their setting in an uncorrelated sub-select, so that it is evaluated once a statement, not once a row.

-- One act of publishing files together. `content_hash` covers names and bytes: the same content again changes nothing.
create table deployment (
  tenant_id    uuid not null references tenant (id),
  id           uuid not null,
  name         text check (length(name) <= 200),
  content_hash bytea not null check (octet_length(content_hash) = 32),
  deployed_at  timestamptz not null default now(),
  deployed_by  text,
  issues       jsonb not null default '[]',
  primary key (tenant_id, id)
);
create index deployment_content on deployment (tenant_id, content_hash);

-- The files themselves, byte for byte.
create table resource_file (
  tenant_id     uuid not null,
  id            uuid not null,
  deployment_id uuid not null,
  name          text not null check (length(name) between 1 and 255),
  content       bytea not null,
  hash          bytea not null check (octet_length(hash) = 32),
  primary key (tenant_id, id),
  unique (tenant_id, deployment_id, name),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id)
);

-- One immutable version of a process. `model` is the canonical model as JSON text, `hash` its SHA-256; `uses_decisions` says
-- whether compiling it needs the tenant's decisions bound first.
create table process_definition (
  tenant_id      uuid not null,
  id             uuid not null,
  deployment_id  uuid not null,
  resource_id    uuid not null,
  process_id     text not null check (length(process_id) between 1 and 255),
  version        int not null check (version > 0),
  version_tag    text,
  name           text not null,
  model          text not null,
  diagram        text not null,
  hash           bytea not null check (octet_length(hash) = 32),
  startable      boolean not null,
  uses_decisions boolean not null,
  deployed_at    timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, process_id, version),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id),
  foreign key (tenant_id, resource_id) references resource_file (tenant_id, id)
);
create index process_definition_deployment on process_definition (tenant_id, deployment_id);

-- One immutable version of a decision. `resource_id` is the file with its requirement graph.
create table decision_definition (
  tenant_id     uuid not null,
  id            uuid not null,
  deployment_id uuid not null,
  resource_id   uuid not null,
  decision_id   text not null check (length(decision_id) between 1 and 255),
  version       int not null check (version > 0),
  version_tag   text,
  name          text not null,
  deployed_at   timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, decision_id, version),
  foreign key (tenant_id, deployment_id) references deployment (tenant_id, id),
  foreign key (tenant_id, resource_id) references resource_file (tenant_id, id)
);
create index decision_definition_deployment on decision_definition (tenant_id, deployment_id);

-- One run of a definition. `state` is the engine's state through the codec, null until the first step; `revision` counts steps
-- and is what a step compares before it writes. Room on the page keeps most updates off the indexes.
create table process_instance (
  tenant_id             uuid not null,
  id                    uuid not null,
  process_definition_id uuid not null,
  revision              bigint not null default 0,
  status                text not null default 'starting'
                        check (status in ('starting', 'active', 'suspended', 'completed', 'terminated')),
  state                 bytea,
  business_key          text check (length(business_key) <= 255),
  parent_instance_id    uuid,
  parent_key            int,
  call_depth            int not null default 0,
  open_incidents        int not null default 0,
  cancel_requested      boolean not null default false,
  started_at            timestamptz not null default now(),
  started_by            text,
  ended_at              timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, process_definition_id) references process_definition (tenant_id, id)
) with (fillfactor = 70);
create index process_instance_definition on process_instance (tenant_id, process_definition_id, id);
create index process_instance_live on process_instance (tenant_id, id) where ended_at is null;
create index process_instance_business_key on process_instance (tenant_id, business_key, id) where business_key is not null;
create index process_instance_parent on process_instance (tenant_id, parent_instance_id, parent_key) where parent_instance_id is not null;

-- The inbox of an instance: an accepted command waits here for its step and leaves by deletion. `held` commands belong to an
-- instance whose step failed; they wait for its incident to be resolved.
create table command (
  tenant_id   uuid not null,
  id          uuid not null,
  instance_id uuid not null,
  payload     bytea not null,
  held        boolean not null default false,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references process_instance (tenant_id, id)
);
create index command_inbox on command (tenant_id, instance_id, id) where not held;
create index command_held on command (tenant_id, instance_id) where held;

-- A command its instance could not take, and why.
create table command_refusal (
  tenant_id   uuid not null,
  id          uuid not null,
  instance_id uuid not null,
  type        text not null,
  code        text not null,
  message     text not null,
  refused_at  timestamptz not null default now(),
  primary key (tenant_id, id)
);
create index command_refusal_instance on command_refusal (tenant_id, instance_id, id);

-- One row per step: its events in order, through the codec; `version` is their schema. Partitioned by the month in which the
-- instance started. An instance id is a UUIDv7, so a range of ids is a range of time. No foreign key: rows outlive nothing and
-- are only ever inserted by the step that updates the instance.
create table history (
  tenant_id   uuid not null,
  instance_id uuid not null,
  first_seq   int not null,
  count       int not null,
  at          timestamptz not null,
  version     smallint not null,
  events      bytea not null,
  primary key (tenant_id, instance_id, first_seq)
) partition by range (instance_id);

-- The smallest UUIDv7 of an instant.
create function uuid_v7_floor(at timestamptz) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '00000000000000000000')::uuid
$$;

-- Creates the missing monthly partitions from last month to `ahead` months from now. Partitions carry no grant: they are
-- reached through `history` and its policies only.
create function create_history_partitions(ahead int default 24) returns int language plpgsql as $$
declare
  month timestamptz := date_trunc('month', now() at time zone 'UTC') at time zone 'UTC' - interval '1 month';
  last  timestamptz := month + make_interval(months => ahead + 1);
  name  text;
  made  int := 0;
begin
  while month <= last loop
    name := 'history_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    if to_regclass(name) is null then
      execute format('create table %I partition of history for values from (%L) to (%L)',
        name, uuid_v7_floor(month), uuid_v7_floor(month + interval '1 month'));
      execute format('alter table %I enable row level security', name);
      execute format('alter table %I force row level security', name);
      made := made + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return made;
end $$;

-- All due work. `run_at` is when it may next be taken: while leased it is the end of the lease, so retries, expired leases
-- and timers are one question. `infinity` waits for a person or for its instance's next step.
--   external     a service job for workers of the API      connector  a service job that a worker hosts itself
--   timer        a timer of an instance                    start      a timer that starts instances
--   message      a message to correlate or to forget       subscription  a fresh subscription to correlate
-- The row ids of an instance are derived from its id and the element's key (libs/runtime/src/row-id.ts).
create table job (
  tenant_id             uuid not null,
  id                    uuid not null,
  kind                  text not null check (kind in ('external', 'connector', 'timer', 'start', 'message', 'subscription')),
  type                  text not null default '',
  instance_id           uuid,
  key                   int,
  process_definition_id uuid,
  run_at                timestamptz not null default now(),
  priority              smallint not null default 50,
  attempts              int not null default 0,
  retries_left          int not null default 0,
  lease_owner           text,
  lease_until           timestamptz,
  lease_epoch           int not null default 0,
  payload               bytea,
  primary key (tenant_id, id)
) with (fillfactor = 90);
create index job_due on job (run_at, tenant_id) where kind <> 'external';
create index job_due_by_tenant on job (tenant_id, run_at) where kind in ('timer', 'start', 'message', 'subscription');
create index job_activatable on job (tenant_id, type, run_at, id) where kind = 'external';
create index job_start_timer on job (tenant_id, process_definition_id) where kind = 'start';

-- A published message, kept until `expires_at`. Without a correlation key the key is ''.
create table message (
  tenant_id       uuid not null,
  id              uuid not null,
  name            text not null check (length(name) between 1 and 255),
  correlation_key text not null default '',
  message_id      text not null,
  payload         bytea not null,
  published_at    timestamptz not null default now(),
  expires_at      timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, name, correlation_key, message_id)
);
create index message_buffered on message (tenant_id, name, correlation_key, id);

-- Who waits for a message: an element instance or, without `instance_id`, the latest version of a process to be started.
create table message_subscription (
  tenant_id             uuid not null,
  id                    uuid not null,
  instance_id           uuid,
  key                   int,
  process_definition_id uuid not null,
  process_id            text not null,
  element_id            text not null,
  message_name          text not null,
  correlation_key       text not null default '',
  opened_at             timestamptz not null default now(),
  matched_message_id    uuid,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references process_instance (tenant_id, id),
  foreign key (tenant_id, process_definition_id) references process_definition (tenant_id, id)
);
create index message_subscription_open on message_subscription (tenant_id, message_name, correlation_key, opened_at, id)
  where matched_message_id is null and instance_id is not null;
create index message_subscription_start on message_subscription (tenant_id, message_name) where instance_id is null;
create index message_subscription_definition on message_subscription (tenant_id, process_id) where instance_id is null;

-- A message correlates at most once per process: this key decides, whoever came first.
create table message_correlation (
  tenant_id     uuid not null,
  message_id    uuid not null,
  process_id    text not null,
  instance_id   uuid not null,
  correlated_at timestamptz not null default now(),
  primary key (tenant_id, message_id, process_id),
  foreign key (tenant_id, message_id) references message (tenant_id, id) on delete cascade
);

-- Work for a person. `completing`: accepted by the API, to be applied by the instance's next step.
create table user_task (
  tenant_id             uuid not null,
  id                    uuid not null,
  instance_id           uuid not null,
  key                   int not null,
  process_definition_id uuid not null,
  element_id            text not null,
  name                  text not null,
  state                 text not null default 'open' check (state in ('open', 'completing', 'completed', 'canceled')),
  assignee              text,
  candidate_users       text[] not null default '{}',
  candidate_groups      text[] not null default '{}',
  priority              smallint not null default 50,
  due_at                timestamptz,
  follow_up_at          timestamptz,
  form_key              text,
  created_at            timestamptz not null default now(),
  completed_at          timestamptz,
  completed_by          text,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references process_instance (tenant_id, id),
  foreign key (tenant_id, process_definition_id) references process_definition (tenant_id, id)
) with (fillfactor = 85);
create index user_task_open on user_task (tenant_id, created_at desc, id desc) where state in ('open', 'completing');
create index user_task_assignee on user_task (tenant_id, assignee, created_at desc, id desc) where assignee is not null;
create index user_task_instance on user_task (tenant_id, instance_id, key);
create index user_task_listed on user_task (tenant_id, created_at desc, id desc);

-- What keeps an instance from going on until a person does something. Key 0 is the instance itself.
create table incident (
  tenant_id   uuid not null,
  id          uuid not null,
  instance_id uuid not null,
  key         int not null,
  element_id  text not null,
  code        text not null,
  message     text not null,
  state       text not null default 'open' check (state in ('open', 'resolving', 'resolved')),
  created_at  timestamptz not null default now(),
  resolved_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references process_instance (tenant_id, id)
);
create index incident_instance on incident (tenant_id, instance_id, id);

-- One effect per key: the answer of the first request is the answer of its repetitions. `status` is null while it runs.
create table idempotency (
  tenant_id    uuid not null,
  key          text not null check (length(key) between 1 and 255),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  status       int,
  response     bytea,
  created_at   timestamptz not null default now(),
  primary key (tenant_id, key)
);
create index idempotency_age on idempotency (tenant_id, created_at);

do $$
declare
  t text;
begin
  foreach t in array array['deployment', 'resource_file', 'process_definition', 'decision_definition', 'process_instance', 'command',
    'command_refusal', 'history', 'job', 'message', 'message_subscription', 'message_correlation', 'user_task', 'incident', 'idempotency'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I to baton_app, current_user'
      ' using (tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))'
      ' with check (tenant_id = (select nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', t);
    execute format(
      'create policy engine_batch on %I to baton_engine'
      ' using (tenant_id = any ((select nullif(current_setting(''app.tenant_ids'', true), '''')::uuid[])::uuid[]))'
      ' with check (tenant_id = any ((select nullif(current_setting(''app.tenant_ids'', true), '''')::uuid[])::uuid[]))', t);
  end loop;
end $$;

-- The dispatcher looks for due work of all tenants; the column grants below are all it can read.
create policy dispatcher_scan on job for select to baton_dispatcher using (true);
create policy dispatcher_scan on command for select to baton_dispatcher using (true);
grant select (tenant_id, id, kind, type, instance_id, run_at, priority, lease_owner, lease_until, lease_epoch) on job to baton_dispatcher;
grant select (tenant_id, instance_id, held) on command to baton_dispatcher;

grant select, insert on deployment, resource_file, process_definition, decision_definition to baton_app;
grant select, insert on process_instance, command, message to baton_app;
grant update (cancel_requested, open_incidents) on process_instance to baton_app;
grant update (held) on command to baton_app;
grant select on history, command_refusal, message_correlation to baton_app;
grant select, insert, delete on job, message_subscription to baton_app;
grant update (run_at, attempts, retries_left, lease_owner, lease_until, lease_epoch) on job to baton_app;
grant select on user_task, incident to baton_app;
grant update (state, assignee, completed_by) on user_task to baton_app;
grant update (state, resolved_at) on incident to baton_app;
grant select, insert, delete on idempotency to baton_app;
grant update (status, response) on idempotency to baton_app;

grant select on deployment, resource_file, process_definition, decision_definition to baton_engine;
grant select, insert, update on process_instance, user_task, incident to baton_engine;
grant select, insert, update, delete on job, command to baton_engine;
grant select, insert, delete on message, message_subscription to baton_engine;
grant update (matched_message_id) on message_subscription to baton_engine;
grant select, insert on history, command_refusal, message_correlation to baton_engine;

select create_history_partitions();
