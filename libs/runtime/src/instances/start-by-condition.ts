import type { StartedByCondition } from '@baton/contracts';
import { startsBy, startTriggers } from '@baton/engine';
import type { Variables } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { loadProcess } from '../definitions/load-process.js';
import { notFound } from '../problems.js';
import { isId, newId } from '../row-id.js';
import { checkVariables } from '../variables/check-variables.js';
import type { InboxCommand } from './insert-command.js';

export interface StartByCondition {
  readonly processDefinitionId: string;
  readonly variables?: Variables | undefined;
  readonly by?: string | undefined;
}

/**
 * Offers variables to the conditional start events of a definition: each whose condition they make true starts an instance with them.
 *
 * @throws AppError 404 `not-found`; the codes of `checkVariables`.
 */
export async function startByCondition(
  tx: Transaction,
  { processDefinitionId, variables = {}, by }: StartByCondition,
): Promise<StartedByCondition> {
  if (!isId(processDefinitionId)) throw notFound('process definition');
  const offered = checkVariables(variables);
  const process = await loadProcess(tx, processDefinitionId);
  const [clock] = await tx.query<{ now: number }>('select extract(epoch from now())::float8 * 1000 as now');
  const now = Math.floor(clock?.now ?? 0);
  const started: string[] = [];
  for (const { type, elementId, part } of startTriggers(process, now)) {
    if (type !== 'condition' || !startsBy(process, elementId, offered, now, part)) continue;
    const id = newId();
    const command: InboxCommand = {
      type: 'start',
      variables: offered,
      startElementId: elementId,
      ...(part !== undefined && { part }),
      ...(by !== undefined && { by }),
    };
    await tx.query('insert into process_instance (tenant_id, id, process_definition_id, started_by) values ($1, $2, $3, $4)', [
      tx.tenantId,
      id,
      processDefinitionId,
      by ?? null,
    ]);
    await tx.query('insert into command (tenant_id, id, instance_id, payload) values ($1, $2, $3, $4)', [
      tx.tenantId,
      newId(),
      id,
      encode(command),
    ]);
    started.push(id);
  }
  if (started.length > 0) tx.wake();
  return { started };
}
