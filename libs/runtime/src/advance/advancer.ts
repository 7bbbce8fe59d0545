import { isUnavailable } from '../database/store-error.js';
import { runBatch, StepFailed } from './run-batch.js';
import type { BatchContext, BatchResult } from './run-batch.js';
import { holdInstance } from './hold-instance.js';
import type { ReadyInstance } from './ready.js';
import { ReadyInstances } from './ready.js';
import { Overtaken } from './write-changes.js';

/** Instances in one transaction. More would make the first of them wait for the last. */
const BATCH_MAX = 200;
/** Batches at the same time: while one commits, the next one is being stepped. */
const WRITERS = 2;
const OVERTAKEN_MAX = 5;
/** Before a batch that the database did not take is tried again. */
const RETRY_MS = 200;

export interface AdvancerEvents {
  /** A batch has committed. */
  readonly onCommitted: (result: BatchResult) => void;
  readonly onTrouble: (message: string, error: unknown) => void;
}

/**
 * Group commit on arrival: what is ready goes into the next batch as soon as a writer is free, never on a timer. With little to do
 * a batch is one instance; with much to do the batches grow by themselves, and the cost of a commit is shared.
 */
export class Advancer {
  readonly ready = new ReadyInstances();
  private writing = 0;
  private stopped = false;
  private idle: (() => void) | null = null;

  constructor(
    private readonly context: BatchContext,
    private readonly events: AdvancerEvents,
  ) {}

  /** Starts as many batches as there are free writers. Call after adding to `ready`. */
  kick(): void {
    while (!this.stopped && this.writing < WRITERS) {
      const batch = this.ready.take(BATCH_MAX);
      if (batch.length === 0) return;
      this.writing++;
      void this.write(batch).finally(() => {
        this.writing--;
        this.kick();
        if (this.writing === 0) this.idle?.();
      });
    }
  }

  /** Begins no more batches and resolves when those under way have ended. */
  stop(): Promise<void> {
    this.stopped = true;
    if (this.writing === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.idle = resolve;
    });
  }

  private async write(batch: readonly ReadyInstance[]): Promise<void> {
    try {
      await this.attempt(batch);
    } catch (error) {
      if (isUnavailable(error)) await this.wait(batch, error);
      else if (batch.length === 1) await this.fail(batch[0]!, error);
      // One of many spoils the batch for all: alone, only its own step fails.
      else for (const one of batch) await this.attempt([one]).catch((reason: unknown) => this.fail(one, reason));
    } finally {
      this.ready.done(batch);
    }
  }

  private async attempt(batch: readonly ReadyInstance[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.events.onCommitted(await runBatch(this.context, batch));
        return;
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === OVERTAKEN_MAX) throw error;
      }
    }
  }

  private async fail(one: ReadyInstance, error: unknown): Promise<void> {
    if (error instanceof StepFailed) {
      this.events.onTrouble(`instance ${one.instanceId} cannot be stepped; it is held back with an incident`, error.cause);
      await holdInstance(this.context.pool, error.loaded, error.message).catch((reason: unknown) =>
        this.events.onTrouble('an instance could not be held back', reason),
      );
      return;
    }
    await this.wait([one], error);
  }

  /** Nothing was written, so everything is still to be done. The inbox is found again by the sweep; answers only we have are kept. */
  private async wait(batch: readonly ReadyInstance[], error: unknown): Promise<void> {
    this.events.onTrouble('a batch could not be written', error);
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    for (const one of batch) if (one.answers.length > 0) this.ready.putBack(one);
  }
}
