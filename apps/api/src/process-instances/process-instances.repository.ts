import { Injectable } from '@nestjs/common';
import type { HistoryStep, IncidentView, InstanceState, ProcessInstance, ProcessInstanceDetail, Variables } from '@baton/contracts';
import { EVENT_VERSION } from '@baton/engine';
import type { Instance } from '@baton/engine';
import { Database, readEvents, readState } from '@baton/runtime';
import type { Transaction } from '@baton/runtime';
import { notFound } from '../platform/problems.js';

type InstanceRow = {
  id: string;
  process_id: string;
  process_name: string;
  process_definition_id: string;
  version: number;
  business_key: string | null;
  status: InstanceState;
  started_at: Date;
  started_by: string | null;
  ended_at: Date | null;
  parent_instance_id: string | null;
  open_incidents: number;
};

const SELECT = `
  select i.id, d.process_id, d.name as process_name, i.process_definition_id, d.version, i.business_key, i.status,
    i.started_at, i.started_by, i.ended_at, i.parent_instance_id, i.open_incidents
  from process_instance i join process_definition d on d.tenant_id = i.tenant_id and d.id = i.process_definition_id`;

/** What a list of instances is narrowed to. `before` is the last id of the page before. */
export interface InstanceFilter {
  readonly state?: InstanceState | undefined;
  readonly processId?: string | undefined;
  readonly businessKey?: string | undefined;
  readonly before?: string | undefined;
}

/** Reads instances: what the steps wrote, nothing remembered. */
@Injectable()
export class ProcessInstancesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first (ids are ordered by time); one more than `limit` when there is another page. */
  list(tenantId: string, filter: InstanceFilter, limit: number): Promise<ProcessInstance[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.query<InstanceRow>(
        `${SELECT} where i.tenant_id = $1 and ($2::text is null or i.status = $2) and ($3::text is null or d.process_id = $3)
           and ($4::text is null or i.business_key = $4) and ($5::uuid is null or i.id < $5)
         order by i.id desc limit $6`,
        [tenantId, filter.state ?? null, filter.processId ?? null, filter.businessKey ?? null, filter.before ?? null, limit + 1],
      );
      return rows.map(viewOf);
    });
  }

  get(tenantId: string, id: string): Promise<ProcessInstanceDetail> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [[row], [stored], incidents, children] = await Promise.all([
        tx.query<InstanceRow>(`${SELECT} where i.tenant_id = $1 and i.id = $2`, [tenantId, id]),
        tx.query<{ state: Buffer | null }>('select state from process_instance where tenant_id = $1 and id = $2', [tenantId, id]),
        incidentsOf(tx, id),
        childrenOf(tx, id),
      ]);
      if (!row) throw notFound();
      return { ...viewOf(row), variables: stored?.state ? rootVariables(readState(stored.state)) : {}, incidents, children };
    });
  }

  /** Steps after the sequence number `after`, oldest first. */
  history(tenantId: string, id: string, after: number, limit: number): Promise<HistoryStep[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [[exists], rows] = await Promise.all([
        tx.query('select 1 from process_instance where tenant_id = $1 and id = $2', [tenantId, id]),
        tx.query<{ first_seq: number; count: number; version: number; at: Date; events: Buffer }>(
          `select first_seq, count, version, at, events from history
           where tenant_id = $1 and instance_id = $2 and first_seq > $3 order by first_seq limit $4`,
          [tenantId, id, after, limit],
        ),
      ]);
      if (!exists) throw notFound();
      return rows.map((step) => ({
        firstSequence: step.first_seq,
        count: step.count,
        version: EVENT_VERSION,
        at: step.at.toISOString(),
        events: readEvents(step).map((event) => ({ ...event })),
      }));
    });
  }
}

const rootVariables = (instance: Instance): Variables => (instance.scopes[0]?.variables ?? {}) as Variables;

async function incidentsOf(tx: Transaction, id: string): Promise<IncidentView[]> {
  type Row = { id: string; element_id: string; code: string; message: string; created_at: Date; resolved_at: Date | null };
  const rows = await tx.query<Row>(
    `select id, element_id, code, message, created_at, resolved_at from incident
     where tenant_id = $1 and instance_id = $2 order by created_at, id`,
    [tx.tenantId, id],
  );
  return rows.map((row) => ({
    id: row.id,
    processInstanceId: id,
    elementId: row.element_id,
    code: row.code,
    message: row.message,
    createdAt: row.created_at.toISOString(),
    ...(row.resolved_at && { resolvedAt: row.resolved_at.toISOString() }),
  }));
}

/** Children and the call activities that started them: the event of the parent's history with their key, as its definition calls it now. */
async function childrenOf(tx: Transaction, id: string): Promise<ProcessInstanceDetail['children']> {
  type Row = { id: string; process_id: string; status: InstanceState; parent_key: number };
  const rows = await tx.query<Row>(
    `select i.id, d.process_id, i.status, i.parent_key from process_instance i
     join process_definition d on d.tenant_id = i.tenant_id and d.id = i.process_definition_id
     where i.tenant_id = $1 and i.parent_instance_id = $2 order by i.id`,
    [tx.tenantId, id],
  );
  if (rows.length === 0) return [];
  const steps = await tx.query<{ version: number; events: Buffer }>(
    'select version, events from history where tenant_id = $1 and instance_id = $2 order by first_seq',
    [tx.tenantId, id],
  );
  const elementByKey = new Map<number, string>();
  for (const event of steps.flatMap(readEvents)) {
    if (event.type === 'childStarted') elementByKey.set(event.key, event.elementId);
    if (event.type !== 'instanceMigrated') continue;
    for (const [key, elementId] of elementByKey)
      elementByKey.set(key, Object.hasOwn(event.elements, elementId) ? event.elements[elementId]! : elementId);
  }
  return rows.map((row) => ({
    id: row.id,
    processId: row.process_id,
    elementId: elementByKey.get(row.parent_key) ?? '',
    state: row.status,
  }));
}

function viewOf(row: InstanceRow): ProcessInstance {
  return {
    id: row.id,
    processId: row.process_id,
    processName: row.process_name,
    processDefinitionId: row.process_definition_id,
    version: row.version,
    ...(row.business_key !== null && { businessKey: row.business_key }),
    state: row.status,
    startedAt: row.started_at.toISOString(),
    ...(row.started_by !== null && { startedBy: row.started_by }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    ...(row.parent_instance_id !== null && { parentInstanceId: row.parent_instance_id }),
    openIncidents: row.open_incidents,
  };
}
