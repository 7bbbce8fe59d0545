import { newInstance } from '@baton/engine';
import type { Command, Instance, Instant } from '@baton/engine';
import { decode } from '../codec.js';
import type { InboxCommand, MigrateCommand } from '../instances/insert-command.js';
import { rowId } from '../row-id.js';
import { readState } from '../stored.js';
import type { EngineTransaction } from './engine-transaction.js';
import type { ReadyInstance } from './ready.js';
import { StepFailed } from './step-failed.js';

/** What a step takes: a command of the engine, or the move to another definition. */
export type StepCommand = Command | (MigrateCommand & { readonly at: Instant });

/** A command on its way into a step, and what is to be removed once it was taken. */
export interface Incoming {
  readonly command: StepCommand;
  readonly commandId?: string;
  readonly timerId?: string;
  /** Handed down by the end of a caller: the answer must not travel back up. */
  readonly cascade?: true;
}

/** One locked instance with everything that waits for it. */
export interface Loaded {
  readonly tenantId: string;
  readonly id: string;
  readonly revision: string;
  readonly definitionId: string;
  readonly instance: Instance;
  readonly parentKey: number | null;
  readonly callDepth: number;
  readonly startedBy: string | null;
  readonly incoming: readonly Incoming[];
}

type InstanceRow = {
  tenant_id: string;
  id: string;
  revision: string;
  process_definition_id: string;
  state: Buffer | null;
  parent_key: number | null;
  call_depth: number;
  started_by: string | null;
  now: number;
};

type CommandRow = { id: string; instance_id: string; payload: Buffer };

/*
 * All three name their keys as arrays of the whole statement, not as rows to join: whatever the planner believes about tables
 * that fill and empty all day, it can only look keys up. They depend on nothing but the batch, so they travel together.
 */

/**
 * The row lock is the compare: who waits for it sees the revision the winner left; who does not want to wait skips.
 *
 * Instances that have ended come, too: what reached their inbox too late is refused by the engine, and so leaves it.
 */
const LOCK = `
  select i.tenant_id, i.id, i.revision, i.process_definition_id, i.state, i.parent_key, i.call_depth, i.started_by,
    extract(epoch from clock_timestamp())::float8 * 1000 as now
  from process_instance i where i.tenant_id = any ($1::uuid[]) and i.id = any ($2::uuid[])
  for no key update of i skip locked`;

const COMMANDS = `
  select c.id, c.instance_id, c.payload from command c
  where c.tenant_id = any ($1::uuid[]) and c.instance_id = any ($2::uuid[]) and not c.held order by c.id`;

/**
 * Jobs whose lease is still ours, and timers that are still due: fencing, decided by the rows. Only the holder of their instance's
 * row ends them, so they need no lock; who leases one right after our look finds its row gone.
 */
const DUE = `
  select j.id, j.lease_epoch, j.kind, j.run_at <= now() as due from job j where j.tenant_id = any ($1::uuid[]) and j.id = any ($2::uuid[])`;

/**
 * Locks the instances of a batch and reads what they have to take. Those whose row another transaction holds are passed over.
 *
 * @throws StepFailed naming the instance whose stored bytes cannot be read.
 */
export async function loadBatch(
  tx: EngineTransaction,
  batch: readonly ReadyInstance[],
): Promise<{ readonly instances: readonly Loaded[]; readonly passed: readonly ReadyInstance[] }> {
  const readyById = new Map(batch.map((ready) => [ready.instanceId, ready]));
  const keys = [[...new Set(batch.map(({ tenantId }) => tenantId))], batch.map(({ instanceId }) => instanceId)];
  const [rows, commands, due] = await Promise.all([
    tx.query<InstanceRow>(LOCK, keys),
    tx.query<CommandRow>(COMMANDS, keys),
    readDue(tx, batch),
  ]);
  const passed = rows.length < batch.length ? await findPassed(tx, batch, new Set(rows.map(({ id }) => id))) : [];
  if (rows.length === 0) return { instances: [], passed };
  const commandsByInstance = Map.groupBy(commands, (row) => row.instance_id);
  const instances = rows.map((row) => {
    try {
      return loadedOf(row, readyById.get(row.id)!, commandsByInstance.get(row.id) ?? [], due);
    } catch (error) {
      throw new StepFailed({ tenantId: row.tenant_id, instanceId: row.id }, error);
    }
  });
  return { instances, passed };
}

function loadedOf(row: InstanceRow, ready: ReadyInstance, commands: readonly CommandRow[], due: ReadonlyMap<string, DueRow>): Loaded {
  const instance = row.state === null ? newInstance() : readState(row.state);
  const at = Math.max(Math.floor(row.now), instance.at);
  const inbox = commands.map(({ id, payload }) => incomingOf(decode<InboxCommand>(payload), id, at));
  return {
    tenantId: row.tenant_id,
    id: row.id,
    revision: row.revision,
    definitionId: row.process_definition_id,
    instance,
    parentKey: row.parent_key,
    callDepth: row.call_depth,
    startedBy: row.started_by,
    incoming: inOrder([...inbox, ...answersOf(ready, due, at), ...timersOf(ready, due, at)]),
  };
}

/** Of those that were not locked, the ones that exist: somebody else holds them. */
async function findPassed(tx: EngineTransaction, batch: readonly ReadyInstance[], locked: ReadonlySet<string>): Promise<ReadyInstance[]> {
  const others = batch.filter(({ instanceId }) => !locked.has(instanceId));
  const found = await tx.query<{ id: string }>(
    'select i.id from unnest($1::uuid[], $2::uuid[]) b (tenant_id, id) join process_instance i on i.tenant_id = b.tenant_id and i.id = b.id',
    [others.map(({ tenantId }) => tenantId), others.map(({ instanceId }) => instanceId)],
  );
  const existing = new Set(found.map(({ id }) => id));
  return others.filter(({ instanceId }) => existing.has(instanceId));
}

type DueRow = { id: string; lease_epoch: number; kind: string; due: boolean };

async function readDue(tx: EngineTransaction, batch: readonly ReadyInstance[]): Promise<Map<string, DueRow>> {
  const waiting = batch.filter(({ answers, timers }) => answers.length > 0 || timers.size > 0);
  if (waiting.length === 0) return new Map();
  const tenants = [...new Set(waiting.map(({ tenantId }) => tenantId))];
  const ids = waiting.flatMap(({ answers, timers }) => [...answers.map(({ jobId }) => jobId), ...timers]);
  return new Map((await tx.query<DueRow>(DUE, [tenants, ids])).map((row) => [row.id, row]));
}

function incomingOf({ cascade, ...command }: InboxCommand, commandId: string, at: Instant): Incoming {
  return { command: { ...command, at } as StepCommand, commandId, ...(cascade && { cascade }) };
}

function answersOf({ answers }: ReadyInstance, due: ReadonlyMap<string, DueRow>, at: Instant): Incoming[] {
  return answers.flatMap((answer): Incoming[] => {
    if (due.get(answer.jobId)?.lease_epoch !== answer.epoch) return []; // somebody else has the job now
    if (answer.type === 'done') return [{ command: { type: 'completeJob', at, key: answer.key, variables: answer.variables } }];
    return [{ command: { type: 'failJob', at, key: answer.key, message: answer.message } }];
  });
}

function timersOf({ instanceId, timers }: ReadyInstance, due: ReadonlyMap<string, DueRow>, at: Instant): Incoming[] {
  return [...timers].flatMap((timerId) => {
    if (due.get(timerId)?.due !== true) return [];
    return [{ command: { type: 'fireTimer', at, timer: keyOf(instanceId, timerId) }, timerId }];
  });
}

/** The inverse of `rowId`: which key of the instance a row belongs to. */
function keyOf(instanceId: string, id: string): number {
  const base = Number.parseInt(rowId(instanceId, 0).slice(28), 16);
  return (Number.parseInt(id.slice(28), 16) - base) >>> 0;
}

/** What somebody was told is done comes before anything that could withdraw it (`docs/decisions/0011`). */
const RANK: Partial<Record<StepCommand['type'], number>> = {
  start: 0,
  assignUserTask: 1,
  completeUserTask: 1,
  correlateMessage: 1,
  cancel: 3,
};

function inOrder(incoming: Incoming[]): Incoming[] {
  return incoming.sort((a, b) => (RANK[a.command.type] ?? 2) - (RANK[b.command.type] ?? 2));
}
