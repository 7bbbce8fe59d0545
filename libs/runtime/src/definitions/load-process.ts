import { decisionPort } from '@baton/decisions';
import { compile, upcastModel } from '@baton/engine';
import type { Process } from '@baton/engine';
import { expressions } from '@baton/expressions';
import type { Transaction } from '../database/transaction.js';
import { notFound } from '../problems.js';

/** A definition compiled without its decisions: to look at, not to run. @throws AppError 404 `not-found`. */
export async function loadProcess(tx: Transaction, definitionId: string): Promise<Process> {
  const [row] = await tx.query<{ model: string }>('select model from process_definition where tenant_id = $1 and id = $2', [
    tx.tenantId,
    definitionId,
  ]);
  if (!row) throw notFound('process definition');
  return compile(upcastModel(JSON.parse(row.model)), { expressions, decisions: decisionPort([]) });
}
