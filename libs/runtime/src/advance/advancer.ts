import { isRefusedData, isUnavailable } from '../database/store-error.js';
import { runBatch } from './run-batch.js';
import type { BatchContext, BatchResult } from './run-batch.js';
import { holdInstance } from './hold-instance.js';
import type { ReadyInstance } from './ready.js';
import { ReadyInstances } from './ready.js';
import { StepFailed } from './step-failed.js';
import { Overtaken } from './overtaken.js';

/** Instances in one transaction. More would make the first of them wait for the last. */
const BATCH_MAX = 200;
/** Batches at the same time: while one commits, the next one is being stepped. */
const WRITERS = 2;
/** While one batch is under way, a second begins only with this many instances: fewer are cheaper in the next one … */
const GATHERED_MIN = 16;
/** … unless that one takes longer than this. */
const GATHER_MS = 10;
const OVERTAKEN_MAX = 5;
/** Before a batch that the database did not take is tried again. */
const RETRY_MS = 200;
/** Before an instance that somebody else held is tried again. */
const PASSED_MS = 20;

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
  private kicked = false;
  private late: NodeJS.Timeout | null = null;
  /** Set while it leaves: called once nothing is left to write. */
  private empty: (() => void) | null = null;
  private stopped = false;

  constructor(
    private readonly context: BatchContext,
    private readonly events: AdvancerEvents,
  ) {}

  /** Starts batches once this turn is over, with everything that became ready in it. Call after adding to `ready`. */
  kick(): void {
    if (this.kicked) return;
    this.kicked = true;
    setImmediate(() => {
      this.kicked = false;
      this.begin();
    });
  }

  private begin(isLate = false): void {
    while (!this.stopped && this.writing < WRITERS && this.ready.size > 0) {
      if (this.writing > 0 && this.ready.size < GATHERED_MIN && !isLate && !this.empty) return this.beginLater();
      const batch = this.ready.take(BATCH_MAX);
      if (batch.length === 0) return;
      this.writing++;
      void this.write(batch).finally(() => {
        this.writing--;
        if (this.empty && this.writing === 0 && this.ready.size === 0) this.empty();
        else this.kick();
      });
    }
  }

  private beginLater(): void {
    this.late ??= setTimeout(() => {
      this.late = null;
      this.begin(true);
    }, GATHER_MS);
  }

  /** Writes what is ready to the end; then begins nothing any more. Nothing should become ready meanwhile. */
  async stop(): Promise<void> {
    if (this.writing > 0 || this.ready.size > 0) {
      await new Promise<void>((resolve) => {
        this.empty = resolve;
        this.begin(true);
      });
    }
    this.stopped = true;
    if (this.late) clearTimeout(this.late);
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
        const result = await runBatch(this.context, batch);
        this.events.onCommitted(result);
        if (result.passed.length > 0) setTimeout(() => this.comeBack(result.passed), PASSED_MS);
        return;
      } catch (error) {
        if (!(error instanceof Overtaken) || attempt === OVERTAKEN_MAX) throw error;
      }
    }
  }

  /** Their row was another transaction's: what only we know about them must not get lost. */
  private comeBack(passed: readonly ReadyInstance[]): void {
    for (const one of passed) this.ready.putBack(one);
    this.kick();
  }

  private async fail(one: ReadyInstance, error: unknown): Promise<void> {
    // Neither would go better the next time: not the step that throws, not the row that the database does not take.
    if (error instanceof StepFailed || isRefusedData(error)) {
      const { message, cause } = error instanceof StepFailed ? error : new StepFailed(one, error);
      this.events.onTrouble(`instance ${one.instanceId} cannot be stepped; it is held back with an incident`, cause);
      await holdInstance(this.context.pool, one, message).catch((reason: unknown) =>
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
