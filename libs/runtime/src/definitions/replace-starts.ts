import { startTriggers } from '@baton/engine';
import type { Firing, Process } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { newId } from '../row-id.js';

/** What a row of kind `start` fires: which start event, and how it goes on. Stored through the codec. */
export interface StartTimer extends Firing {
  readonly elementId: string;
  /** Which of several definitions of the event. */
  readonly part?: number;
}

/**
 * The messages, signals and timers that start instances start the latest version only: the new one's take the place of the old one's.
 * A condition has no row: it is looked at when somebody offers variables.
 */
export async function replaceStarts(tx: Transaction, definitionId: string, process: Process): Promise<void> {
  await tx.query('delete from message_subscription where tenant_id = $1 and process_id = $2 and instance_id is null', [
    tx.tenantId,
    process.id,
  ]);
  await tx.query('delete from signal_subscription where tenant_id = $1 and process_id = $2 and instance_id is null', [
    tx.tenantId,
    process.id,
  ]);
  await tx.query(
    `delete from job where tenant_id = $1 and kind = 'start'
       and process_definition_id in (select id from process_definition where tenant_id = $1 and process_id = $2)`,
    [tx.tenantId, process.id],
  );
  const [clock] = await tx.query<{ now: number }>('select extract(epoch from now())::float8 * 1000 as now');
  for (const trigger of startTriggers(process, Math.floor(clock!.now))) {
    if (trigger.type === 'message') {
      await tx.query(
        `insert into message_subscription (tenant_id, id, process_definition_id, process_id, element_id, message_name, part)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [tx.tenantId, newId(), definitionId, process.id, trigger.elementId, trigger.messageName, trigger.part ?? null],
      );
    } else if (trigger.type === 'signal') {
      await tx.query(
        `insert into signal_subscription (tenant_id, id, process_definition_id, process_id, element_id, signal_name, part)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [tx.tenantId, newId(), definitionId, process.id, trigger.elementId, trigger.signalName, trigger.part ?? null],
      );
    } else if (trigger.type === 'timer') {
      const { type: _, ...timer } = trigger;
      await tx.query(
        `insert into job (tenant_id, id, kind, process_definition_id, run_at, payload) values ($1, $2, 'start', $3, to_timestamp($4::float8 / 1000), $5)`,
        [tx.tenantId, newId(), definitionId, trigger.dueAt, encode(timer satisfies StartTimer)],
      );
    }
  }
}
