import type { ActivatedJob, Variables } from '@baton/contracts';
import type { BatonClient } from './client.js';
import { BatonProblem } from './problem.js';
import { delayBefore, pause } from './retry.js';

/** Thrown by a handler: a business error that the process catches with a boundary event, not a failure to be retried. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';

  constructor(
    readonly errorCode: string,
    message?: string,
    readonly variables?: Variables,
  ) {
    super(message ?? errorCode);
  }
}

/** Does one job. What it returns becomes variables. What it throws fails the job, to be tried again. */
export type JobHandler = (job: ActivatedJob, context: { signal: AbortSignal }) => Promise<Variables | void> | Variables | void;

export interface JobWorkerOptions {
  readonly type: string;
  readonly handler: JobHandler;
  /** Shown to operators; default: a random name. */
  readonly name?: string;
  /** Jobs at the same time; default 4. */
  readonly concurrency?: number;
  /** How long a job is ours, in milliseconds; default 60 000. After that somebody else may get it. */
  readonly leaseMs?: number;
  /** How long one request waits for a job, in milliseconds; default 20 000. */
  readonly waitMs?: number;
  readonly onError?: (error: unknown, job?: ActivatedJob) => void;
}

/**
 * Takes jobs of one type from the server and does them.
 *
 * A job is delivered at least once: use `job.effectKey` to make its effect idempotent. Its result is applied once; a result that
 * comes after the lease was lost changes nothing.
 *
 * @example
 * const worker = new JobWorker(baton, { type: 'send-mail', handler: async (job) => ({ sent: true }) });
 * worker.start();
 * process.once('SIGTERM', () => worker.stop());
 */
export class JobWorker {
  readonly name: string;
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();
  private loop: Promise<void> | null = null;

  constructor(
    private readonly client: BatonClient,
    private readonly options: JobWorkerOptions,
  ) {
    this.name = options.name ?? `worker-${crypto.randomUUID().slice(0, 8)}`;
  }

  start(): void {
    this.loop ??= this.take();
  }

  /** Takes no more jobs and waits for those under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.loop;
    await Promise.all(this.running);
  }

  private async take(): Promise<void> {
    const { type, concurrency = 4, leaseMs = 60_000, waitMs = 20_000 } = this.options;
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      const free = concurrency - this.running.size;
      if (free <= 0) {
        await Promise.race(this.running);
        continue;
      }
      try {
        const jobs = await this.client.activateJobs({ type, worker: this.name, maxJobs: free, leaseMs, waitMs }, { signal });
        failures = 0;
        for (const job of jobs) this.run(job);
      } catch (error) {
        if (signal.aborted) return;
        this.options.onError?.(error);
        await pause(delayBefore(++failures, null), signal);
      }
    }
  }

  private run(job: ActivatedJob): void {
    const done = this.do(job).finally(() => this.running.delete(done));
    this.running.add(done);
  }

  private async do(job: ActivatedJob): Promise<void> {
    const { leaseEpoch } = job;
    try {
      const outcome = await this.attempt(job);
      // One key per lease: an answer that was lost is asked for again, never applied twice.
      const idempotencyKey = `${job.id}:${leaseEpoch}`;
      if (outcome.type === 'done') await this.client.completeJob(job.id, { leaseEpoch, variables: outcome.variables }, { idempotencyKey });
      else if (outcome.type === 'error') await this.client.throwJobError(job.id, { leaseEpoch, ...outcome.error }, { idempotencyKey });
      else await this.client.failJob(job.id, { leaseEpoch, message: outcome.message }, { idempotencyKey });
    } catch (error) {
      const isLost = error instanceof BatonProblem && error.code === 'job-lease-lost';
      if (!isLost) this.options.onError?.(error, job);
    }
  }

  private async attempt(job: ActivatedJob): Promise<Outcome> {
    try {
      const variables = await this.options.handler(job, { signal: this.stopping.signal });
      return { type: 'done', variables: variables ?? {} };
    } catch (error) {
      if (error instanceof BpmnError) {
        const { errorCode, message, variables } = error;
        return { type: 'error', error: { errorCode, message, ...(variables ? { variables } : {}) } };
      }
      this.options.onError?.(error, job);
      return { type: 'failed', message: error instanceof Error ? error.message : String(error) };
    }
  }
}

type Outcome =
  | { type: 'done'; variables: Variables }
  | { type: 'error'; error: { errorCode: string; message: string; variables?: Variables } }
  | { type: 'failed'; message: string };
