import type pg from 'pg';
import { prepared } from '../database/connect.js';

/** Instances with a command, per tenant and look. More are found by the next look, which follows the next commit. */
const INSTANCES_PER_TENANT = 256;
const DUE_MAX = 500;

export interface DueRow {
  readonly tenantId: string;
  readonly id: string;
  readonly kind: 'connector' | 'timer' | 'start' | 'message' | 'subscription';
  readonly type: string;
  readonly instanceId: string | null;
}

export interface Work {
  readonly instances: readonly { readonly tenantId: string; readonly instanceId: string }[];
  readonly due: readonly DueRow[];
  /** Milliseconds until something is due that is not yet; null: nothing is scheduled. By the database's clock. */
  readonly nextInMs: number | null;
  /** Did it reach its limit somewhere? There is more then. */
  readonly full: boolean;
}

/**
 * One look at everything that waits: one statement, so that an idle system costs one query a look.
 *
 * Tenants are found by skipping along the index, so that a thousand commands of one cost the others nothing; each gets the same
 * share of a look. Built-in jobs are those of the types this worker hosts: the others are for a worker that has their handler.
 * Read as `baton_dispatcher`, which sees what is due and nothing else.
 */
const LOOK = `
  with recursive tenants as (
    (select tenant_id from command where not held order by tenant_id limit 1)
    union all
    select (select c.tenant_id from command c where not c.held and c.tenant_id > t.tenant_id order by c.tenant_id limit 1)
    from tenants t where t.tenant_id is not null
  ), ready as (
    select t.tenant_id, c.instance_id from tenants t
    cross join lateral (select distinct instance_id from command where tenant_id = t.tenant_id and not held order by instance_id limit $1) c
    where t.tenant_id is not null
  ), due as (
    select tenant_id, id, kind, type, instance_id from job
    where kind <> 'external' and (kind <> 'connector' or type = any ($3)) and run_at <= now() order by run_at limit $2
  )
  select 'instance' as what, tenant_id, null::uuid as id, null as kind, null as type, instance_id, null::float8 as next_in from ready
  union all select 'due', tenant_id, id, kind, type, instance_id, null from due
  union all select 'next', null, null, null, null, null,
    (select extract(epoch from run_at - now())::float8 * 1000 from job
     where kind <> 'external' and (kind <> 'connector' or type = any ($3)) and run_at > now() and run_at < 'infinity' order by run_at limit 1)`;

type LookRow = {
  what: string;
  tenant_id: string;
  id: string;
  kind: DueRow['kind'];
  type: string;
  instance_id: string | null;
  next_in: number | null;
};

const isFull = (ofTenant: readonly unknown[]) => ofTenant.length === INSTANCES_PER_TENANT;

export async function findWork(pool: pg.Pool, hosted: readonly string[]): Promise<Work> {
  const { rows } = await pool.query<LookRow>(prepared(LOOK, [INSTANCES_PER_TENANT, DUE_MAX, hosted]));
  const instances = rows
    .filter(({ what }) => what === 'instance')
    .map((row) => ({ tenantId: row.tenant_id, instanceId: row.instance_id! }));
  const due = rows
    .filter(({ what }) => what === 'due')
    .map((row) => ({ tenantId: row.tenant_id, id: row.id, kind: row.kind, type: row.type, instanceId: row.instance_id }));
  const full = due.length === DUE_MAX || [...Map.groupBy(instances, ({ tenantId }) => tenantId).values()].some(isFull);
  return {
    instances,
    due,
    full,
    nextInMs: rows.find(({ what }) => what === 'next')?.next_in ?? null,
  };
}
