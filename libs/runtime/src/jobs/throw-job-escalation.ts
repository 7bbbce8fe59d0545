import type { Variables } from '@baton/engine';
import type { Transaction } from '../database/transaction.js';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import { checkVariables } from '../variables/check-variables.js';
import { requireLease, type JobRef } from './settle-job.js';

export interface ThrowJobEscalation extends JobRef {
  readonly escalationCode: string;
  readonly variables?: Variables | undefined;
}

/**
 * Tells whoever catches it in the model that something about a leased job should be known. The work goes on, and so does the lease;
 * caught by an event that interrupts, the job is withdrawn. @throws AppError as `requireLease` and `checkVariables`.
 */
export async function throwJobEscalation(tx: Transaction, { escalationCode, variables, ...job }: ThrowJobEscalation): Promise<Accepted> {
  const checked = variables && checkVariables(variables);
  const { instance_id, key, lease_owner } = await requireLease(tx, job);
  return insertCommand(tx, instance_id, {
    type: 'throwEscalation',
    key,
    escalationCode,
    ...(checked && { variables: checked }),
    ...(lease_owner !== null && { by: lease_owner }),
  });
}
