import { newInstance } from '@baton/engine';
import type { Command, Instance, Instant } from '@baton/engine';
import { decode } from '../codec.js';
import type { InboxCommand } from '../instances/insert-command.js';
import { rowId } from '../row-id.js';
import type { EngineTransaction } from './engine-transaction.js';
import type { ReadyInstance } from './ready.js';

/** A command on its way into a step, and what is to be removed once it was taken. */
export interface Incoming {
  readonly command: Command;
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

/** The row lock is the compare: who waits for it sees the revision the winner left; who does not want to wait skips. */
const LOCK = `
  select i.tenant_id, i.id, i.revision, i.process_definition_id, i.state, i.parent_key, i.call_depth, i.started_by,
    extract(epoch from clock_timestamp())::float8 * 1000 as now
  from unnest($1::uuid[], $2::uuid[]) b (tenant_id, id)
  join process_instance i on i.tenant_id = b.tenant_id and i.id = b.id
  where i.ended_at is null for no key update of i skip locked`;

const COMMANDS = `
  select c.id, c.instance_id, c.payload from unnest($1::uuid[], $2::uuid[]) b (tenant_id, instance_id)
  join command c on c.tenant_id = b.tenant_id and c.instance_id = b.instance_id where not c.held order by c.id`;

/** Jobs whose lease is still ours, and timers that are still due: fencing, decided by the rows. */
const DUE = `
  select j.id, j.lease_epoch, j.kind, j.run_at <= now() as due from unnest($1::uuid[], $2::uuid[]) b (tenant_id, id)
  join job j on j.tenant_id = b.tenant_id and j.id = b.id for no key update of j`;

/** Locks the instances of a batch and reads what they have to take. Instances another worker holds are left out. */
export async function loadBatch(tx: EngineTransaction, batch: readonly ReadyInstance[]): Promise<Loaded[]> {
  const readyById = new Map(batch.map((ready) => [ready.instanceId, ready]));
  const tenantIds = batch.map(({ tenantId }) => tenantId);
  const rows = await tx.query<InstanceRow>(LOCK, [tenantIds, batch.map(({ instanceId }) => instanceId)]);
  if (rows.length === 0) return [];
  const winners = [rows.map((row) => row.tenant_id), rows.map((row) => row.id)];
  const [commands, due] = await Promise.all([
    tx.query<{ id: string; instance_id: string; payload: Buffer }>(COMMANDS, winners),
    readDue(tx, rows, readyById),
  ]);
  const commandsByInstance = Map.groupBy(commands, (row) => row.instance_id);
  return rows.map((row) => {
    const ready = readyById.get(row.id)!;
    const instance = row.state === null ? newInstance() : decode<Instance>(row.state);
    const at = Math.max(Math.floor(row.now), instance.at);
    const inbox = (commandsByInstance.get(row.id) ?? []).map(({ id, payload }) => incomingOf(decode<InboxCommand>(payload), id, at));
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
  });
}

type DueRow = { id: string; lease_epoch: number; kind: string; due: boolean };

async function readDue(
  tx: EngineTransaction,
  rows: readonly InstanceRow[],
  readyById: ReadonlyMap<string, ReadyInstance>,
): Promise<Map<string, DueRow>> {
  const ids: string[] = [];
  const tenants: string[] = [];
  for (const { id, tenant_id } of rows) {
    const { answers, timers } = readyById.get(id)!;
    for (const jobId of [...answers.map((answer) => answer.jobId), ...timers]) {
      ids.push(jobId);
      tenants.push(tenant_id);
    }
  }
  if (ids.length === 0) return new Map();
  return new Map((await tx.query<DueRow>(DUE, [tenants, ids])).map((row) => [row.id, row]));
}

function incomingOf({ cascade, ...command }: InboxCommand, commandId: string, at: Instant): Incoming {
  return { command: { ...command, at } as Command, commandId, ...(cascade && { cascade }) };
}

function answersOf({ answers }: ReadyInstance, due: ReadonlyMap<string, DueRow>, at: Instant): Incoming[] {
  return answers.flatMap((answer): Incoming[] => {
    if (due.get(answer.jobId)?.lease_epoch !== answer.epoch) return []; // somebody else has the job now
    if (answer.type === 'done') return [{ command: { type: 'completeJob', at, key: answer.key, variables: answer.variables } }];
    return [{ command: { type: 'failJob', at, key: answer.key, message: answer.message, retryAt: at + RETRY_AFTER_MS } }];
  });
}

/** Between two attempts of a built-in handler. Policies per element come with the durable runtime. */
const RETRY_AFTER_MS = 1_000;

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
const RANK: Partial<Record<Command['type'], number>> = { start: 0, assignUserTask: 1, completeUserTask: 1, correlateMessage: 1, cancel: 3 };

function inOrder(incoming: Incoming[]): Incoming[] {
  return incoming.sort((a, b) => (RANK[a.command.type] ?? 2) - (RANK[b.command.type] ?? 2));
}
