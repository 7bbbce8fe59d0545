import type { ActivatedJob, Variables } from '@baton/contracts';
import { BpmnError, JobFailure } from './job-errors.js';
import { BatonProblem } from './problem.js';
import { pause } from './retry.js';
import type { BatonClient } from './client.js';

/**
 * Does one job; what it returns becomes variables.
 *
 * A job may come twice (after a crash, or when the lease ran out): use `job.effectKey` as the key of whatever must happen once.
 * The signal fires when the lease is over or the worker is stopped without patience.
 */
export type JobHandler = (
  job: ActivatedJob,
  context: { readonly signal: AbortSignal },
) => Promise<Variables | undefined | void> | Variables | undefined | void;

export interface JobWorkerOptions {
  readonly type: string;
  readonly handler: JobHandler;
  /** How this worker is called in leases and logs. */
  readonly name?: string;
  /** Jobs done at the same time; default 5. */
  readonly concurrency?: number;
  /** How long a job is this worker's own; default one minute. */
  readonly leaseMs?: number;
  /** How long one request for jobs stays open; default 20 seconds. */
  readonly waitMs?: number;
  /** Told about what went wrong and goes on: a server out of reach, a lease lost, a handler that failed. */
  readonly onError?: (error: unknown, job?: ActivatedJob) => void;
}

const PAUSE_MS = 1000;

/**
 * Takes jobs of one type and does them, until stopped.
 *
 * @example
 * const worker = new JobWorker(baton, { type: 'archive', handler: async (job) => ({ archiveId: await archive(job.variables) }) });
 * worker.start();
 * process.on('SIGTERM', () => void worker.stop());
 */
export class JobWorker {
  private readonly running = new Set<Promise<void>>();
  private readonly polling = new AbortController();
  private readonly abandoned = new AbortController();
  private loop: Promise<void> | null = null;

  constructor(
    private readonly client: BatonClient,
    private readonly options: JobWorkerOptions,
  ) {}

  start(): void {
    this.loop ??= this.poll();
  }

  /** Take no more jobs and wait for those in hand; after `graceMs` (default 30 seconds) they are told to give up. */
  async stop(graceMs = 30_000): Promise<void> {
    this.polling.abort();
    await this.loop;
    const done = new AbortController();
    const patience = pause(graceMs, done.signal).then(() => this.abandoned.abort());
    await Promise.allSettled(this.running);
    done.abort();
    await patience;
  }

  private async poll(): Promise<void> {
    const { type, name = 'baton-sdk', concurrency = 5, leaseMs = 60_000, waitMs = 20_000 } = this.options;
    const { signal } = this.polling;
    while (!signal.aborted) {
      const free = concurrency - this.running.size;
      if (free === 0) {
        await Promise.race([...this.running, untilAborted(signal)]);
        continue;
      }
      try {
        const jobs = await this.client.activateJobs({ type, worker: name, maxJobs: free, leaseMs, waitMs }, { signal });
        for (const job of jobs) this.take(job);
        // A server that answers at once with nothing must not be asked in a tight loop.
        if (jobs.length === 0 && waitMs === 0) await pause(PAUSE_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onError?.(error);
        await pause(PAUSE_MS, signal);
      }
    }
  }

  private take(job: ActivatedJob): void {
    const work = this.work(job).catch((error: unknown) => this.options.onError?.(error, job));
    const tracked = work.finally(() => this.running.delete(tracked));
    this.running.add(tracked);
  }

  private async work(job: ActivatedJob): Promise<void> {
    const { handler, leaseMs = 60_000 } = this.options;
    const { leaseEpoch } = job;
    let variables: Variables;
    try {
      variables = (await handler(job, { signal: AbortSignal.any([AbortSignal.timeout(leaseMs), this.abandoned.signal]) })) ?? {};
    } catch (error) {
      return this.report(job, error);
    }
    await this.client.completeJob(job.id, { leaseEpoch, variables }, { idempotencyKey: keyOf(job, 'complete') });
  }

  private async report(job: ActivatedJob, error: unknown): Promise<void> {
    const { leaseEpoch } = job;
    if (error instanceof BpmnError) {
      const { errorCode, message, variables } = error;
      return this.client.throwJobError(
        job.id,
        { leaseEpoch, errorCode, variables, ...(message && { message }) },
        { idempotencyKey: keyOf(job, 'throw-error') },
      );
    }
    this.options.onError?.(error, job);
    const message = error instanceof Error ? error.message : String(error);
    const retry = error instanceof JobFailure ? error.retry : {};
    try {
      await this.client.failJob(job.id, { leaseEpoch, message: message.slice(0, 4000), ...retry }, { idempotencyKey: keyOf(job, 'fail') });
    } catch (refusal) {
      // Someone else has the job by now; there is nothing left to report.
      if (!(refusal instanceof BatonProblem && refusal.status === 409)) throw refusal;
    }
  }
}

/** The same result of the same lease is one write, however often it is sent. */
function keyOf(job: ActivatedJob, what: string): string {
  return `${job.id}:${job.leaseEpoch}:${what}`;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
