import type pg from 'pg';
import { notify } from '../live/notify.js';
import type { DefinitionCache } from '../definitions/definition-cache.js';
import { answerOthers } from './answer-others.js';
import { Changes } from './changes.js';
import type { NewJob } from './changes.js';
import { collectChanges } from './collect-changes.js';
import { withTenants } from './engine-transaction.js';
import type { EngineTransaction } from './engine-transaction.js';
import { loadBatch } from './load-batch.js';
import type { Loaded } from './load-batch.js';
import type { ReadyInstance } from './ready.js';
import { startChildren } from './start-children.js';
import { StepFailed } from './step-failed.js';
import { stepInstance } from './stepped.js';
import type { Stepped } from './stepped.js';
import { throwSignals } from './throw-signals.js';
import { writeChanges } from './write-changes.js';
import { writeInstances } from './write-instances.js';
import { writeMigrations } from './write-migrations.js';

export interface BatchContext {
  readonly pool: pg.Pool;
  readonly definitions: DefinitionCache;
  /** Job types whose handlers this worker hosts. */
  readonly hosted: ReadonlySet<string>;
  readonly lease: { readonly owner: string; readonly ms: number };
}

/** What a committed batch leaves to be done. */
export interface BatchResult {
  /** Steps written: instances that moved. */
  readonly moved: number;
  /** Jobs leased to this worker with the commit: run them now. */
  readonly leased: readonly (NewJob & { readonly epoch: number })[];
  /** Instances that got a command from this batch. */
  readonly next: readonly { readonly tenantId: string; readonly instanceId: string }[];
  /** When the first timer that the batch started or put off is due, in milliseconds since 1970. */
  readonly nextDueAt: number | null;
  /** Were messages sent or subscriptions opened, which have to be paired? */
  readonly mail: boolean;
  /** Left out because somebody else holds their row at this moment: to be tried again. */
  readonly passed: readonly ReadyInstance[];
}

/**
 * Steps a batch of instances in one transaction: the durable step.
 *
 * @throws StepFailed naming the instance that cannot be stepped; `Overtaken` and database errors otherwise. Nothing is written then.
 */
export function runBatch(context: BatchContext, batch: readonly ReadyInstance[]): Promise<BatchResult> {
  const tenantIds = new Set(batch.map(({ tenantId }) => tenantId));
  return withTenants(context.pool, tenantIds, async (tx) => {
    const { instances, passed } = await loadBatch(tx, batch);
    const loaded = instances.filter(({ incoming }) => incoming.length > 0);
    if (loaded.length === 0) return { moved: 0, leased: [], next: [], nextDueAt: null, mail: false, passed };
    const definitionOf = await context.definitions.load(tx, new Map(loaded.flatMap(definitionsOf)));
    const changes = new Changes();
    const stepped: Stepped[] = [];
    for (const one of loaded) {
      try {
        const result = stepInstance(one, definitionOf);
        collectChanges(result, context.hosted, changes);
        answerOthers(result, changes);
        dropSpentTimers(result, changes);
        stepped.push(result);
      } catch (error) {
        throw new StepFailed({ tenantId: one.tenantId, instanceId: one.id }, error);
      }
    }
    const [children] = await Promise.all([startChildren(tx, changes), throwSignals(tx, changes), writeMigrations(tx, changes)]);
    const written = Promise.all([writeChanges(tx, changes, context.lease), writeInstances(tx, stepped, changes), notify(tx, changes.live)]);
    if (isDecided(changes)) await commitBehind(tx, written);
    const [epochs] = await written;
    return {
      moved: stepped.length,
      leased: changes.jobs.filter(({ kind }) => kind === 'connector').map((job) => ({ ...job, epoch: epochs.get(job.id) ?? 0 })),
      next: [...children, ...changes.commands],
      nextDueAt: firstDue(changes),
      mail: changes.messages.length > 0 || changes.subscriptions.length > 0 || changes.childrenCanceled.length > 0,
      passed,
    };
  });
}

/** Its own, and those it is to move to: ids with the tenant. */
function definitionsOf({ definitionId, tenantId, incoming }: Loaded): [string, string][] {
  const targets = incoming.flatMap(({ command }) => (command.type === 'migrate' ? [command.targetDefinitionId] : []));
  return [definitionId, ...targets].map((id) => [id, tenantId]);
}

/** Do the writes depend on nothing that only the database knows? Then the commit need not wait for their answers. */
function isDecided({ tasksCanceled, subscriptionsClosed, messages, suspended }: Changes): boolean {
  return tasksCanceled.length + subscriptionsClosed.length + messages.length + suspended.length === 0;
}

/** Sends the commit in the turn after the writes, when it is known that each of them could be sent. */
async function commitBehind(tx: EngineTransaction, written: Promise<unknown>): Promise<void> {
  let failed = false;
  written.catch(() => {
    failed = true;
  });
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (failed) return;
  await Promise.all([written, tx.commit()]);
}

/** A timer whose firing was refused is over, too. */
function dropSpentTimers({ loaded, refused }: Stepped, changes: Changes): void {
  for (const { incoming } of refused) {
    if (incoming.timerId !== undefined) changes.jobsGone.push({ tenantId: loaded.tenantId, instanceId: loaded.id, id: incoming.timerId });
  }
}

function firstDue({ jobs, timersMoved }: Changes): number | null {
  let first: number | null = null;
  for (const { kind, runAt } of jobs) if (kind === 'timer' && runAt !== undefined && (first === null || runAt < first)) first = runAt;
  for (const { runAt } of timersMoved) if (first === null || runAt < first) first = runAt;
  return first;
}
