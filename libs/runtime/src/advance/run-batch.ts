import type pg from 'pg';
import { notify } from '../live/notify.js';
import type { DefinitionCache } from '../definitions/definition-cache.js';
import { answerOthers } from './answer-others.js';
import { Changes } from './changes.js';
import type { NewJob } from './changes.js';
import { collectChanges } from './collect-changes.js';
import { withTenants } from './engine-transaction.js';
import { loadBatch } from './load-batch.js';
import type { Loaded } from './load-batch.js';
import type { ReadyInstance } from './ready.js';
import { startChildren } from './start-children.js';
import { stepInstance } from './stepped.js';
import type { Stepped } from './stepped.js';
import { writeChanges } from './write-changes.js';
import { writeInstances } from './write-instances.js';

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
  /** When the first timer that the batch started is due, in milliseconds since 1970. */
  readonly nextDueAt: number | null;
  /** Were messages sent or subscriptions opened, which have to be paired? */
  readonly mail: boolean;
}

/** An instance whose step failed for a reason that is ours, not the model's. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';

  constructor(
    readonly loaded: Loaded,
    override readonly cause: unknown,
  ) {
    super(`Instance ${loaded.id}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/**
 * Steps a batch of instances in one transaction: the durable step.
 *
 * @throws StepFailed naming the instance that cannot be stepped; `Overtaken` and database errors otherwise. Nothing is written then.
 */
export function runBatch(context: BatchContext, batch: readonly ReadyInstance[]): Promise<BatchResult> {
  const tenantIds = new Set(batch.map(({ tenantId }) => tenantId));
  return withTenants(context.pool, tenantIds, async (tx) => {
    const loaded = (await loadBatch(tx, batch)).filter(({ incoming }) => incoming.length > 0);
    if (loaded.length === 0) return { moved: 0, leased: [], next: [], nextDueAt: null, mail: false };
    const definitions = await context.definitions.load(tx, new Map(loaded.map(({ definitionId, tenantId }) => [definitionId, tenantId])));
    const changes = new Changes();
    const stepped: Stepped[] = [];
    for (const one of loaded) {
      try {
        const result = stepInstance(one, definitions.get(one.definitionId)!);
        collectChanges(result, context.hosted, changes);
        answerOthers(result, changes);
        dropSpentTimers(result, changes);
        stepped.push(result);
      } catch (error) {
        throw new StepFailed(one, error);
      }
    }
    const children = await startChildren(tx, changes);
    const [epochs] = await Promise.all([writeChanges(tx, changes, context.lease), writeInstances(tx, stepped, changes)]);
    await notify(tx, changes.live);
    return {
      moved: stepped.length,
      leased: changes.jobs.filter(({ kind }) => kind === 'connector').map((job) => ({ ...job, epoch: epochs.get(job.id) ?? 0 })),
      next: [...children, ...changes.commands],
      nextDueAt: firstDue(changes.jobs),
      mail: changes.messages.length > 0 || changes.subscriptions.length > 0 || changes.childrenCanceled.length > 0,
    };
  });
}

/** A timer whose firing was refused is over, too. */
function dropSpentTimers({ loaded, refused }: Stepped, changes: Changes): void {
  for (const { incoming } of refused) {
    if (incoming.timerId !== undefined) changes.jobsGone.push({ tenantId: loaded.tenantId, instanceId: loaded.id, id: incoming.timerId });
  }
}

function firstDue(jobs: readonly NewJob[]): number | null {
  let first: number | null = null;
  for (const { kind, runAt } of jobs) if (kind === 'timer' && runAt !== undefined && (first === null || runAt < first)) first = runAt;
  return first;
}
