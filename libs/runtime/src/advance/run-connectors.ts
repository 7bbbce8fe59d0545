import type { Variables } from '@baton/engine';
import { effectKey } from '../jobs/job-payload.js';
import type { JobPayload } from '../jobs/job-payload.js';
import { checkVariables } from '../variables/check-variables.js';
import type { Answer } from './ready.js';

/** A handler that the worker hosts itself; `@baton/connectors` has them. */
export interface HostedHandler {
  readonly type: string;
  run(job: HostedJob, context: { readonly signal: AbortSignal }): Promise<Variables> | Variables;
}

export interface HostedJob {
  readonly variables: Variables;
  readonly headers: Readonly<Record<string, string>>;
  /** Stable over retries and redeliveries. */
  readonly effectKey: string;
}

/** A job leased to this worker. */
export interface HeldJob {
  readonly tenantId: string;
  readonly instanceId: string;
  readonly id: string;
  readonly key: number;
  readonly type: string;
  readonly epoch: number;
  readonly payload: JobPayload;
}

const MESSAGE_MAX = 1_000;

/** A timer only for handlers that ask for it: the quick ones are done before they could. */
class LeaseContext {
  private readonly endsAt: number;
  private timeout: AbortSignal | undefined;

  constructor(ms: number) {
    this.endsAt = performance.now() + ms;
  }

  get signal(): AbortSignal {
    return (this.timeout ??= AbortSignal.timeout(Math.max(0, Math.ceil(this.endsAt - performance.now()))));
  }
}

/** Runs one job of a built-in handler. Never throws: what goes wrong is the answer. */
export async function runConnector(handler: HostedHandler, job: HeldJob, leaseMs: number): Promise<Answer> {
  const { id: jobId, key, epoch, payload } = job;
  const { headers, variables } = payload;
  try {
    const held = { variables, headers, effectKey: effectKey(job.tenantId, job.instanceId, payload, key) };
    const written = await handler.run(held, new LeaseContext(leaseMs));
    return { type: 'done', jobId, key, epoch, variables: checkVariables(written) };
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).slice(0, MESSAGE_MAX);
    return { type: 'failed', jobId, key, epoch, message };
  }
}
