import { Injectable } from '@nestjs/common';
import type {
  ActivateJobsRequest,
  ActivatedJobs,
  CompleteJobRequest,
  FailJobRequest,
  ThrowJobErrorRequest,
  ThrowJobEscalationRequest,
} from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { Database, activateJobs, completeJob, failJob, throwJobError, throwJobEscalation } from '@baton/runtime';
import type { z } from 'zod';
import { Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';

/** Between two looks for jobs while a worker waits. */
const LOOK_MS = 200;

/** What workers outside of the platform do: lease jobs, hand in results. */
@Injectable()
export class Jobs {
  constructor(
    private readonly database: Database,
    private readonly writes: Writes,
  ) {}

  /** Leases due jobs; with `waitMs`, holds on until there is one. Stops looking when the worker has hung up. */
  async activate(tenantId: string, request: z.output<typeof ActivateJobsRequest>, gone: AbortSignal): Promise<ActivatedJobs> {
    const { waitMs, ...wanted } = request;
    const until = Date.now() + waitMs;
    for (;;) {
      const items = await this.database.withTenant(tenantId, (tx) => activateJobs(tx, wanted));
      const left = until - Date.now();
      if (items.length > 0 || left <= 0 || gone.aborted) return { items };
      await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS, left)));
      if (gone.aborted) return { items: [] };
    }
  }

  async complete(write: Write, jobId: string, { leaseEpoch, variables }: z.output<typeof CompleteJobRequest>): Promise<void> {
    await this.writes.run(write, (tx) => completeJob(tx, { jobId, leaseEpoch, variables: variables as Variables }));
  }

  async fail(write: Write, jobId: string, request: z.output<typeof FailJobRequest>): Promise<void> {
    await this.writes.run(write, (tx) => failJob(tx, { jobId, ...request }));
  }

  async throwError(write: Write, jobId: string, request: z.output<typeof ThrowJobErrorRequest>): Promise<void> {
    await this.writes.run(write, (tx) => throwJobError(tx, { jobId, ...request, variables: request.variables as Variables | undefined }));
  }

  async throwEscalation(write: Write, jobId: string, request: z.output<typeof ThrowJobEscalationRequest>): Promise<void> {
    const variables = request.variables as Variables | undefined;
    await this.writes.run(write, (tx) => throwJobEscalation(tx, { jobId, ...request, variables }));
  }
}
