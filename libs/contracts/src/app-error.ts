import type { ProblemDetail } from './problem.js';

/** A refusal the caller can act on. Anything that is not an AppError is a bug and becomes a 500. */
export class AppError extends Error {
  override readonly name: string = 'AppError';

  constructor(
    /** Stable, documented, never reworded: clients switch on it. */
    readonly code: string,
    /** HTTP status. */
    readonly status: number,
    /** What is true now, then what to do. Never variables, personal data, SQL or paths. */
    message: string,
    readonly errors: readonly ProblemDetail[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}
