import type { Variables } from '@baton/engine';
import type { Transaction } from '../database/transaction.js';
import type { Accepted } from '../instances/accepted.js';
import { insertCommand } from '../instances/insert-command.js';
import { checkVariables } from '../variables/check-variables.js';
import { settleJob, type JobRef } from './settle-job.js';

export interface ThrowJobError extends JobRef {
  readonly errorCode: string;
  readonly message?: string | undefined;
  readonly variables?: Variables | undefined;
}

/** Ends a leased job with a business error, to be caught in the model. @throws AppError as `settleJob` and `checkVariables`. */
export async function throwJobError(tx: Transaction, { errorCode, message, variables, ...job }: ThrowJobError): Promise<Accepted> {
  const checked = variables && checkVariables(variables);
  const { instance_id, key, lease_owner } = await settleJob(tx, job);
  return insertCommand(tx, instance_id, {
    type: 'throwError',
    key,
    errorCode,
    ...(message !== undefined && { message }),
    ...(checked && { variables: checked }),
    ...(lease_owner !== null && { by: lease_owner }),
  });
}
