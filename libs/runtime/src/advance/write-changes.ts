import { encode } from '../codec.js';
import { newId } from '../row-id.js';
import type { Changes, NewJob } from './changes.js';
import { column, ids, instances, seconds, tenants } from './columns.js';
import type { EngineTransaction } from './engine-transaction.js';
import { Overtaken } from './overtaken.js';
import { writeMessages, writeSignalSubscriptions } from './write-mail.js';

/**
 * Writes what a batch changed around its instances, one multi-row statement for each kind of change.
 *
 * @returns the lease epoch of each new job, by id.
 * @throws Overtaken when a task or subscription that goes was decided about by somebody else in the meantime.
 */
export async function writeChanges(
  tx: EngineTransaction,
  changes: Changes,
  lease: { readonly owner: string; readonly ms: number },
): Promise<ReadonlyMap<string, number>> {
  const [epochs] = await Promise.all([
    writeJobs(tx, changes, lease),
    writeTasks(tx, changes),
    writeIncidents(tx, changes),
    writeMessages(tx, changes),
    writeSignalSubscriptions(tx, changes),
    writeCommands(tx, changes),
  ]);
  return epochs;
}

/**
 * A failed job comes again when its worker said, else after 1 s, 2 s, 4 s … up to a minute by the attempts made, whoever works on
 * it. Without an attempt left it waits for a person.
 */
const RETRY_JOBS = `
  update job j set retries_left = r.retries_left, lease_owner = null, lease_until = null,
    run_at = case when r.retries_left = 0 then 'infinity'
      else coalesce(r.retry_at, r.failed_at + least(60, power(2, least(greatest(j.attempts, 1), 7) - 1)) * interval '1 s') end
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::timestamptz[]) r (tenant_id, id, retries_left, failed_at, retry_at)
  where j.tenant_id = r.tenant_id and j.id = r.id`;

async function writeJobs(
  tx: EngineTransaction,
  { jobs, jobsGone, jobsRetried, jobsParked, timersMoved }: Changes,
  lease: { owner: string; ms: number },
): Promise<ReadonlyMap<string, number>> {
  const [, , , , leased] = await Promise.all([
    jobsGone.length > 0 &&
      tx.query('delete from job where tenant_id = any ($1::uuid[]) and id = any ($2::uuid[])', [
        [...new Set(tenants(jobsGone))],
        ids(jobsGone),
      ]),
    jobsRetried.length > 0 &&
      tx.query(RETRY_JOBS, [
        tenants(jobsRetried),
        ids(jobsRetried),
        column(jobsRetried, (job) => job.retriesLeft),
        column(jobsRetried, (job) => seconds(job.failedAt)),
        column(jobsRetried, (job) => seconds(job.retryAt)),
      ]),
    jobsParked.length > 0 &&
      tx.query(
        `update job j set lease_owner = null, lease_until = null, run_at = 'infinity' from unnest($1::uuid[], $2::uuid[]) p (tenant_id, id)
         where j.tenant_id = p.tenant_id and j.id = p.id`,
        [tenants(jobsParked), ids(jobsParked)],
      ),
    timersMoved.length > 0 &&
      tx.query(
        `update job j set run_at = m.run_at from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) m (tenant_id, id, run_at)
         where j.tenant_id = m.tenant_id and j.id = m.id`,
        [tenants(timersMoved), ids(timersMoved), column(timersMoved, ({ runAt }) => seconds(runAt))],
      ),
    jobs.length > 0 && insertJobs(tx, jobs, lease),
  ]);
  return new Map(leased ? leased.map(({ id, lease_epoch }) => [id, lease_epoch]) : []);
}

/** A job that a worker hosts itself is born leased to it: no second transaction before it runs. */
async function insertJobs(
  tx: EngineTransaction,
  jobs: readonly NewJob[],
  lease: { owner: string; ms: number },
): Promise<{ id: string; lease_epoch: number }[]> {
  return tx.query<{ id: string; lease_epoch: number }>(
    `insert into job (tenant_id, id, kind, type, instance_id, key, process_definition_id, run_at, retries_left, payload,
       lease_owner, lease_until, lease_epoch, attempts)
     select j.tenant_id, j.id, j.kind, j.type, j.instance_id, j.key, j.definition_id,
       case when j.kind = 'connector' then now() + $11 * interval '1 ms' else coalesce(j.run_at, now()) end, j.retries, j.payload,
       case when j.kind = 'connector' then $10 end, case when j.kind = 'connector' then now() + $11 * interval '1 ms' end,
       case when j.kind = 'connector' then 1 else 0 end, case when j.kind = 'connector' then 1 else 0 end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::timestamptz[], $9::int[], $12::bytea[])
       j (tenant_id, id, kind, type, instance_id, key, definition_id, run_at, retries, payload)
     on conflict (tenant_id, id) do update set kind = excluded.kind, type = excluded.type, run_at = excluded.run_at,
       retries_left = excluded.retries_left, attempts = excluded.attempts, payload = excluded.payload, lease_owner = excluded.lease_owner,
       lease_until = excluded.lease_until, lease_epoch = job.lease_epoch + 1
     returning id, lease_epoch`,
    [
      tenants(jobs),
      ids(jobs),
      column(jobs, (job) => job.kind),
      column(jobs, (job) => job.type),
      instances(jobs),
      column(jobs, (job) => job.key),
      column(jobs, (job) => job.definitionId),
      column(jobs, (job) => seconds(job.runAt)),
      column(jobs, (job) => job.retries),
      lease.owner,
      lease.ms,
      column(jobs, (job) => (job.payload ? encode(job.payload) : null)),
    ],
  );
}

/**
 * Tasks of suspended instances whose completion was accepted and is not applied yet: it comes first. Locked, so that whoever completes
 * another one waits for this step and then sees that the instance is suspended.
 */
const ACCEPTED_TASKS = `
  with locked as (
    select t.id, t.state from user_task t where t.tenant_id = any ($1::uuid[]) and t.instance_id = any ($2::uuid[])
      and t.state in ('open', 'completing') for no key update)
  select id from locked where state = 'completing'`;

async function writeTasks(tx: EngineTransaction, { tasks, tasksCompleted, tasksCanceled, suspended, live }: Changes): Promise<void> {
  for (const { tenantId, id, instanceId } of [...tasks, ...tasksCompleted, ...tasksCanceled]) {
    live.push({ tenantId, change: { topic: 'user-task', id, processInstanceId: instanceId } });
  }
  const [, , canceled, accepted] = await Promise.all([
    tasks.length > 0 && insertTasks(tx, tasks),
    tasksCompleted.length > 0 &&
      tx.query(
        `update user_task t set state = 'completed', completed_at = c.at, completed_by = coalesce(c.by, t.completed_by)
         from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::text[]) c (tenant_id, id, at, by) where t.tenant_id = c.tenant_id and t.id = c.id`,
        [
          tenants(tasksCompleted),
          ids(tasksCompleted),
          column(tasksCompleted, ({ at }) => seconds(at)),
          column(tasksCompleted, ({ by }) => by),
        ],
      ),
    tasksCanceled.length > 0 &&
      tx.query(
        `update user_task t set state = 'canceled' from unnest($1::uuid[], $2::uuid[], $3::bool[]) c (tenant_id, id, refused)
         where t.tenant_id = c.tenant_id and t.id = c.id and (t.state = 'open' or c.refused) returning t.id`,
        [tenants(tasksCanceled), ids(tasksCanceled), column(tasksCanceled, ({ refused }) => refused)],
      ),
    suspended.length > 0 &&
      tx.query<{ id: string }>(ACCEPTED_TASKS, [
        column(suspended, ({ tenantId }) => tenantId),
        column(suspended, ({ instanceId }) => instanceId),
      ]),
  ]);
  if (accepted && accepted.length > 0) throw new Overtaken('A task of an instance to be suspended is being completed.');
  if (canceled && canceled.length < tasksCanceled.length) throw new Overtaken('A task to be withdrawn is being completed.');
}

/** One that is there already is asked for again: its element is entered once more after an incident. */
async function insertTasks(tx: EngineTransaction, tasks: Changes['tasks']): Promise<void> {
  await tx.query(
    `insert into user_task (tenant_id, id, instance_id, key, process_definition_id, element_id, name, assignee, candidate_users, candidate_groups,
       priority, due_at, follow_up_at, form_key, created_at)
     select t.tenant_id, t.id, t.instance_id, t.key, t.definition_id, t.element_id, t.name, t.assignee,
       array(select jsonb_array_elements_text(t.users)), array(select jsonb_array_elements_text(t.groups)),
       t.priority, t.due_at, t.follow_up_at, t.form_key, t.created_at
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::jsonb[],
       $11::int[], $12::timestamptz[], $13::timestamptz[], $14::text[], $15::timestamptz[])
       t (tenant_id, id, instance_id, key, definition_id, element_id, name, assignee, users, groups, priority, due_at, follow_up_at, form_key, created_at)
     on conflict (tenant_id, id) do update set state = 'open', name = excluded.name, assignee = excluded.assignee,
       candidate_users = excluded.candidate_users, candidate_groups = excluded.candidate_groups, priority = excluded.priority,
       due_at = excluded.due_at, follow_up_at = excluded.follow_up_at, form_key = excluded.form_key, completed_at = null, completed_by = null`,
    [
      tenants(tasks),
      ids(tasks),
      instances(tasks),
      column(tasks, ({ event }) => event.key),
      column(tasks, ({ definitionId }) => definitionId),
      column(tasks, ({ elementId }) => elementId),
      column(tasks, ({ event }) => event.name),
      column(tasks, ({ event }) => event.assignee ?? null),
      column(tasks, ({ event }) => JSON.stringify(event.candidateUsers)),
      column(tasks, ({ event }) => JSON.stringify(event.candidateGroups)),
      column(tasks, ({ event }) => event.priority),
      column(tasks, ({ event }) => seconds(event.dueAt)),
      column(tasks, ({ event }) => seconds(event.followUpAt)),
      column(tasks, ({ event }) => event.formKey ?? null),
      column(tasks, ({ at }) => seconds(at)),
    ],
  );
}

async function writeIncidents(tx: EngineTransaction, { incidents, incidentsResolved }: Changes): Promise<void> {
  await Promise.all([
    incidents.length > 0 &&
      tx.query(
        `insert into incident (tenant_id, id, instance_id, key, element_id, code, message, created_at)
         select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])`,
        [
          tenants(incidents),
          ids(incidents),
          instances(incidents),
          column(incidents, ({ key }) => key),
          column(incidents, ({ elementId }) => elementId),
          column(incidents, ({ code }) => code),
          column(incidents, ({ message }) => message),
          column(incidents, ({ at }) => seconds(at)),
        ],
      ),
    incidentsResolved.length > 0 &&
      tx.query(
        `update incident i set state = 'resolved', resolved_at = r.at from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) r (tenant_id, id, at)
         where i.tenant_id = r.tenant_id and i.id = r.id`,
        [tenants(incidentsResolved), ids(incidentsResolved), column(incidentsResolved, ({ at }) => seconds(at))],
      ),
  ]);
}

/** Commands that one instance's step gives to another: a caller's answer, a called one's end, one's own continuation. */
async function writeCommands(tx: EngineTransaction, { commands, childrenCanceled }: Changes): Promise<void> {
  await Promise.all([
    commands.length > 0 &&
      tx.query(
        `insert into command (tenant_id, id, instance_id, payload)
         select c.* from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[]) c (tenant_id, id, instance_id, payload)
         join process_instance i on i.tenant_id = c.tenant_id and i.id = c.instance_id and i.ended_at is null`,
        [
          column(commands, ({ tenantId }) => tenantId),
          commands.map(() => newId()),
          column(commands, ({ instanceId }) => instanceId),
          column(commands, ({ command }) => encode(command)),
        ],
      ),
    childrenCanceled.length > 0 &&
      tx.query(
        `insert into command (tenant_id, id, instance_id, payload)
         select i.tenant_id, gen_random_uuid(), i.id, $4 from unnest($1::uuid[], $2::uuid[], $3::int[]) c (tenant_id, parent_id, key)
         join process_instance i on i.tenant_id = c.tenant_id and i.parent_instance_id = c.parent_id and i.parent_key = c.key
         where i.ended_at is null`,
        [
          column(childrenCanceled, ({ tenantId }) => tenantId),
          column(childrenCanceled, ({ parentId }) => parentId),
          column(childrenCanceled, ({ key }) => key),
          encode({ type: 'cancel', reason: 'The calling instance went on without it.', cascade: true }),
        ],
      ),
  ]);
}
