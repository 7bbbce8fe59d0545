import type { Variables } from '@baton/engine';
import type { Transaction } from '../database/transaction.js';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import { checkVariables } from '../variables/check-variables.js';
import { settleJob, type JobRef } from './settle-job.js';

export interface CompleteJob extends JobRef {
  readonly variables?: Variables | undefined;
}

/** Hands in the result of a leased job. @throws AppError as `settleJob` and `checkVariables`. */
export async function completeJob(tx: Transaction, { variables, ...job }: CompleteJob): Promise<Accepted> {
  const checked = checkVariables(variables ?? {});
  const { instance_id, key, lease_owner } = await settleJob(tx, job);
  return insertCommand(tx, instance_id, { type: 'completeJob', key, variables: checked, ...(lease_owner !== null && { by: lease_owner }) });
}
