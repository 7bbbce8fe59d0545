import type { MigrationPlan } from '@baton/contracts';
import { AppError } from '@baton/contracts';
import type { ElementId } from '@baton/engine';
import type { Transaction } from '../database/transaction.js';
import { loadProcess } from '../definitions/load-process.js';
import { notFound } from '../problems.js';
import { isId } from '../row-id.js';
import { readState } from '../stored.js';
import type { Accepted } from './accepted.js';
import { insertCommand } from './insert-command.js';
import { migrationProblems } from './migration-problems.js';
import { requireLive } from './require-live.js';

export interface MigrateInstance {
  readonly processInstanceId: string;
  /** Exactly this definition … */
  readonly targetDefinitionId?: string | undefined;
  /** … or this version of the process that the instance runs. */
  readonly version?: number | undefined;
  /** Old element id → new element id. What is not named keeps its id. */
  readonly mapping: Readonly<Record<ElementId, ElementId>>;
  readonly reason?: string | undefined;
  readonly by?: string | undefined;
}

/**
 * Moves an instance to another definition with its next step, which alone can say whether that is safe then: `command_refusal` has
 * the answer.
 *
 * @throws AppError 404 `not-found`, 409 `instance-not-active`, 422 `validation-failed` when no target, or two, are named.
 */
export async function migrateInstance(tx: Transaction, request: MigrateInstance): Promise<Accepted> {
  const { processInstanceId, mapping, reason, by } = request;
  const { definitionId } = await requireLive(tx, processInstanceId);
  return insertCommand(tx, processInstanceId, {
    type: 'migrate',
    targetDefinitionId: await findTarget(tx, definitionId, request),
    mapping,
    ...(reason !== undefined && { reason }),
    ...(by !== undefined && { by }),
  });
}

/** What `migrateInstance` would be refused for if it came now. Changes nothing. @throws as that. */
export async function planInstanceMigration(tx: Transaction, request: MigrateInstance): Promise<MigrationPlan> {
  const { processInstanceId, mapping } = request;
  const { definitionId } = await requireLive(tx, processInstanceId);
  const targetDefinitionId = await findTarget(tx, definitionId, request);
  const [row] = await tx.query<{ state: Buffer | null }>('select state from process_instance where tenant_id = $1 and id = $2', [
    tx.tenantId,
    processInstanceId,
  ]);
  if (!row?.state) return { targetDefinitionId, problems: [{ code: 'instance-not-started', message: 'Its first step is still to come.' }] };
  const instance = readState(row.state);
  const from = await loadProcess(tx, definitionId);
  const to = await loadProcess(tx, targetDefinitionId);
  return { targetDefinitionId, problems: [...migrationProblems(from, to, instance, { at: instance.at, mapping })] };
}

async function findTarget(tx: Transaction, definitionId: string, { targetDefinitionId, version }: MigrateInstance): Promise<string> {
  if ((targetDefinitionId === undefined) === (version === undefined)) {
    throw new AppError('validation-failed', 422, 'Name where it shall go: send either targetDefinitionId or version.');
  }
  if (targetDefinitionId !== undefined && !isId(targetDefinitionId)) throw notFound('process definition');
  const [target] = await tx.query<{ id: string }>(
    `select t.id from process_definition t where t.tenant_id = $1 and (t.id = $2 or
       (t.version = $3 and t.process_id = (select process_id from process_definition where tenant_id = $1 and id = $4)))`,
    [tx.tenantId, targetDefinitionId ?? null, version ?? null, definitionId],
  );
  if (!target) throw notFound('process definition');
  return target.id;
}
