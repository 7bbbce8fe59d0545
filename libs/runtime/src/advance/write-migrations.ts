import { decode, encode } from '../codec.js';
import type { JobPayload } from '../jobs/job-payload.js';
import type { Changes, Place } from './changes.js';
import { column, ids, tenants } from './columns.js';
import type { EngineTransaction } from './engine-transaction.js';

/*
 * A row id belongs to one key of its instance, and a key to a job, a task, a subscription or an incident: each statement is given all
 * places and finds its own. What is done keeps the definition it was done in.
 */
const PLACES =
  'unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::text[]) p (tenant_id, id, element_id, definition_id, process_id)';
const HERE = 'r.tenant_id = p.tenant_id and r.id = p.id';
const STATEMENTS = [
  `update job r set process_definition_id = p.definition_id from ${PLACES} where ${HERE} and r.process_definition_id is not null`,
  `update user_task r set process_definition_id = p.definition_id, element_id = p.element_id from ${PLACES}
   where ${HERE} and r.state in ('open', 'completing')`,
  `update incident r set element_id = p.element_id from ${PLACES} where ${HERE}`,
  ...['message_subscription', 'signal_subscription'].map(
    (table) =>
      `update ${table} r set process_definition_id = p.definition_id, process_id = p.process_id, element_id = p.element_id from ${PLACES} where ${HERE}`,
  ),
];

/** Brings instances to their new definitions, and what waited for them before this step. What the step has made is there already. */
export async function writeMigrations(tx: EngineTransaction, { migrated, places }: Changes): Promise<void> {
  if (migrated.length === 0) return;
  const values = [
    tenants(places),
    ids(places),
    column(places, ({ elementId }) => elementId),
    column(places, ({ definitionId }) => definitionId),
    column(places, ({ processId }) => processId),
  ];
  await Promise.all([
    tx.query(
      `update process_instance i set process_definition_id = m.definition_id from unnest($1::uuid[], $2::uuid[], $3::uuid[]) m (tenant_id, id, definition_id)
       where i.tenant_id = m.tenant_id and i.id = m.id`,
      [
        column(migrated, ({ tenantId }) => tenantId),
        column(migrated, ({ instanceId }) => instanceId),
        column(migrated, ({ definitionId }) => definitionId),
      ],
    ),
    ...STATEMENTS.map((statement) => tx.query(statement, values)),
    renameJobs(tx, places),
  ]);
}

/** What a worker gets to see of a job names its element. */
async function renameJobs(tx: EngineTransaction, places: readonly Place[]): Promise<void> {
  const names = new Map(places.map(({ id, elementId }) => [id, elementId]));
  const jobs = await tx.query<{ tenant_id: string; id: string; payload: Buffer }>(
    'select tenant_id, id, payload from job where tenant_id = any ($1::uuid[]) and id = any ($2::uuid[]) and payload is not null',
    [[...new Set(tenants(places))], ids(places)],
  );
  const renamed = jobs.flatMap(({ tenant_id: tenantId, id, payload: bytes }) => {
    const payload = decode<JobPayload>(bytes);
    const elementId = names.get(id) ?? payload.elementId;
    if (elementId === payload.elementId) return [];
    const { createdAs = payload.elementId } = payload;
    return [{ tenantId, id, payload: encode({ ...payload, elementId, createdAs } satisfies JobPayload) }];
  });
  if (renamed.length === 0) return;
  await tx.query(
    `update job j set payload = r.payload from unnest($1::uuid[], $2::uuid[], $3::bytea[]) r (tenant_id, id, payload)
     where j.tenant_id = r.tenant_id and j.id = r.id`,
    [column(renamed, ({ tenantId }) => tenantId), column(renamed, ({ id }) => id), column(renamed, ({ payload }) => payload)],
  );
}
