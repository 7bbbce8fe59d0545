import type { Variables } from '@baton/contracts';

/** Thrown by a handler: a business error, caught in the model by a boundary event with this code. It is not retried. */
export class BpmnError extends Error {
  override readonly name = 'BpmnError';

  constructor(
    readonly errorCode: string,
    message = '',
    readonly variables: Variables = {},
  ) {
    super(message);
  }
}

/** Thrown by a handler that wants to say when, or whether, the job is tried again. Any other error is retried as the model says. */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';

  constructor(
    message: string,
    readonly retry: { readonly retriesLeft?: number; readonly retryAfterMs?: number } = {},
  ) {
    super(message);
  }
}
