import type { Variables } from '@baton/contracts';
import type { z } from 'zod';

/** What a built-in handler sees of its job. */
export interface ConnectorJob {
  /** The variables in scope of the activity. */
  readonly variables: Variables;
  /** The fixed parameters of the model. */
  readonly headers: Readonly<Record<string, string>>;
  /** Stable over retries and redeliveries: the idempotency key of whatever the handler does outside. */
  readonly effectKey: string;
}

export interface ConnectorContext {
  /** Fires when the lease is over. */
  readonly signal: AbortSignal;
  /** One line of the host's log; standard error where the host has none. */
  readonly log?: (line: string) => void;
}

/**
 * A job handler that ships with Baton and runs in the worker.
 *
 * One file, one schema, one test each. The schema says which headers it takes; it will also draw the connector's form.
 */
export interface Connector {
  /** The job type it does. */
  readonly type: string;
  readonly schema: z.ZodType;
  /** @returns the variables to write. Throwing fails the job, to be tried again. */
  run(job: ConnectorJob, context: ConnectorContext): Promise<Variables>;
}
