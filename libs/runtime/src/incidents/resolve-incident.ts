import { AppError } from '@baton/contracts';
import type { Transaction } from '../database/transaction.js';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import { notFound } from '../problems.js';
import { isId } from '../row-id.js';

export interface ResolveIncident {
  readonly incidentId: string;
  /** Attempts of the job that failed. */
  readonly retries?: number | undefined;
  readonly by?: string | undefined;
}

/**
 * Lets an instance try again after somebody has changed what was wrong.
 *
 * @throws AppError 404 `not-found`, 409 `incident-not-open`.
 */
export async function resolveIncident(tx: Transaction, { incidentId, retries, by }: ResolveIncident): Promise<Accepted> {
  if (!isId(incidentId)) throw notFound('incident');
  const [incident] = await tx.query<{ instance_id: string; key: number }>(
    `update incident set state = 'resolving' where tenant_id = $1 and id = $2 and state = 'open' returning instance_id, key`,
    [tx.tenantId, incidentId],
  );
  if (!incident) {
    const found = await tx.query('select id from incident where tenant_id = $1 and id = $2', [tx.tenantId, incidentId]);
    if (found.length === 0) throw notFound('incident');
    throw new AppError('incident-not-open', 409, 'The incident is resolved already, or its instance has ended.');
  }
  if (incident.key === 0) return resumeStep(tx, incidentId, incident.instance_id);
  return insertCommand(tx, incident.instance_id, {
    type: 'resolveIncident',
    incident: incident.key,
    ...(retries !== undefined && { retries }),
    ...(by !== undefined && { by }),
  });
}

/** The instance's own incident: a step failed as a whole. Its inbox and due work were held back; let them through. */
async function resumeStep(tx: Transaction, incidentId: string, instanceId: string): Promise<Accepted> {
  await tx.query(`update incident set state = 'resolved', resolved_at = now() where tenant_id = $1 and id = $2`, [tx.tenantId, incidentId]);
  await tx.query('update process_instance set open_incidents = greatest(open_incidents - 1, 0) where tenant_id = $1 and id = $2', [
    tx.tenantId,
    instanceId,
  ]);
  await tx.query('update command set held = false where tenant_id = $1 and instance_id = $2 and held', [tx.tenantId, instanceId]);
  tx.wake();
  return { commandId: incidentId, processInstanceId: instanceId };
}
