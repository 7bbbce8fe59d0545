import type { Command, ElementId } from '@baton/engine';
import { encode } from '../codec.js';
import type { Transaction } from '../database/transaction.js';
import { newId } from '../row-id.js';
import type { Accepted } from './accepted.js';

type WithoutTime<Any> = Any extends unknown ? Omit<Any, 'at'> : never;

/**
 * Moves an instance to another definition. No command of the engine, whose commands are about one process: the step loads both
 * definitions (`advance/stepped.ts`).
 */
export interface MigrateCommand {
  readonly type: 'migrate';
  readonly targetDefinitionId: string;
  /** Old id → new id. What is not named keeps its id. */
  readonly mapping: Readonly<Record<ElementId, ElementId>>;
  readonly reason?: string;
  readonly by?: string;
}

/** A command as the inbox keeps it: its time is the database's when the step takes it. */
export type InboxCommand = (WithoutTime<Command> | MigrateCommand) & {
  /** Set on what a call activity's end hands down, so that the answer does not travel back up. */
  readonly cascade?: true;
};

/** Puts a command into an instance's inbox and asks for a worker. */
export async function insertCommand(tx: Transaction, processInstanceId: string, command: InboxCommand): Promise<Accepted> {
  const commandId = newId();
  await tx.query('insert into command (tenant_id, id, instance_id, payload) values ($1, $2, $3, $4)', [
    tx.tenantId,
    commandId,
    processInstanceId,
    encode(command),
  ]);
  tx.wake();
  return { commandId, processInstanceId };
}
