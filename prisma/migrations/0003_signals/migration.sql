-- Signals reach everyone of their tenant who waits at that moment; nothing of them is kept.

-- Who waits for a signal: an element instance or, without `instance_id`, the latest version of a process to be started. `part` says
-- which of several definitions of its start event.
create table signal_subscription (
  tenant_id             uuid not null,
  id                    uuid not null,
  instance_id           uuid,
  key                   int,
  process_definition_id uuid not null,
  process_id            text not null,
  element_id            text not null,
  part                  smallint,
  signal_name           text not null,
  opened_at             timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, instance_id) references process_instance (tenant_id, id),
  foreign key (tenant_id, process_definition_id) references process_definition (tenant_id, id)
);
create index signal_subscription_open on signal_subscription (tenant_id, signal_name, opened_at, id);
create index signal_subscription_definition on signal_subscription (tenant_id, process_id) where instance_id is null;

-- Which of several definitions of a start event a message is for.
alter table message_subscription add column part smallint;

alter table signal_subscription enable row level security;
alter table signal_subscription force row level security;
create policy tenant_isolation on signal_subscription to baton_app, current_user
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
  with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy engine_batch on signal_subscription to baton_engine
  using (tenant_id = any ((select nullif(current_setting('app.tenant_ids', true), '')::uuid[])::uuid[]))
  with check (tenant_id = any ((select nullif(current_setting('app.tenant_ids', true), '')::uuid[])::uuid[]));

grant select, insert, delete on signal_subscription to baton_app, baton_engine;
