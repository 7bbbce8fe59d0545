import { AppError, type Started } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { notFound } from '../problems.js';
import { isId, newId } from '../row-id.js';
import { checkVariables } from '../variables/check-variables.js';
import type { InboxCommand } from './insert-command.js';

export interface StartInstance {
  /** The latest version of this process, or `version` of it … */
  readonly processId?: string | undefined;
  readonly version?: number | undefined;
  /** … or exactly this definition. */
  readonly processDefinitionId?: string | undefined;
  readonly businessKey?: string | undefined;
  readonly variables?: Variables | undefined;
  /** Who starts it: a username or client name, for history and the initiator variable. */
  readonly by?: string | undefined;
}

const INSERT = `
  with definition as (
    select id from process_definition
    where tenant_id = $1 and startable and case when $2::uuid is not null then id = $2
      else process_id = $3 and ($4::int is null or version = $4) end
    order by version desc limit 1
  ), instance as (
    insert into process_instance (tenant_id, id, process_definition_id, business_key, started_by)
    select $1, $5, id, $6, $7 from definition
  )
  insert into command (tenant_id, id, instance_id, payload) select $1, $8, $5, $9 from definition returning id`;

/**
 * Starts a process instance: its row and its start command, to be applied by a worker right after the commit.
 *
 * @throws AppError 404 `not-found` for an unknown definition, 422 `not-startable` when only a message, timer, signal or condition starts it,
 *         422 `validation-failed` when neither `processId` nor `processDefinitionId` is given; the codes of `checkVariables`.
 */
export async function startInstance(tx: Transaction, request: StartInstance): Promise<Started & { readonly commandId: string }> {
  const { processId, version, processDefinitionId, businessKey, by } = request;
  if (processId === undefined && processDefinitionId === undefined) {
    throw new AppError('validation-failed', 422, 'Name the process: send processId or processDefinitionId.');
  }
  if (processDefinitionId !== undefined && !isId(processDefinitionId)) throw notFound('process definition');
  const command: InboxCommand = {
    type: 'start',
    variables: checkVariables(request.variables ?? {}),
    ...(businessKey !== undefined && { businessKey }),
    ...(by !== undefined && { by }),
  };
  const id = newId();
  const commandId = newId();
  const inserted = await tx.query(INSERT, [
    tx.tenantId,
    processDefinitionId ?? null,
    processId ?? null,
    version ?? null,
    id,
    businessKey ?? null,
    by ?? null,
    commandId,
    encode(command),
  ]);
  if (inserted.length === 0) throw await whyNot(tx, request);
  tx.wake();
  return { id, state: 'starting', commandId };
}

async function whyNot(tx: Transaction, { processId, version, processDefinitionId }: StartInstance): Promise<AppError> {
  const found = await tx.query(
    'select id from process_definition where tenant_id = $1 and (id = $2 or (process_id = $3 and ($4::int is null or version = $4))) limit 1',
    [tx.tenantId, processDefinitionId ?? null, processId ?? null, version ?? null],
  );
  if (found.length === 0) return notFound('process definition');
  return new AppError(
    'not-startable',
    422,
    'This process has no plain start event. Publish its message, throw its signal, or offer it variables.',
  );
}
