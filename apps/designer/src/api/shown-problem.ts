import type { ProblemDetail } from '@baton/contracts';
import { BatonProblem } from '@baton/sdk';

/** What an error view says. `status` 0: no answer came. */
export interface ShownProblem {
  readonly code: string;
  readonly status: number;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly traceId?: string | undefined;
  readonly errors: readonly ProblemDetail[];
}

/** How browsers and the bundler say that a part of the app did not arrive. */
const NOT_LOADED = /dynamically imported module|importing a module script|preload css/i;

/** Anything thrown, as something one can show. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof BatonProblem) {
    const { code, status, title, detail, traceId, errors } = error.problem;
    return { code, status, title, detail, traceId, errors: errors ?? [] };
  }
  if (error instanceof Error && NOT_LOADED.test(error.message)) {
    return {
      code: 'page-not-loaded',
      status: 0,
      title: 'This page could not be loaded',
      detail: 'The server cannot be reached, or Baton was updated meanwhile.',
      errors: [],
    };
  }
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return {
      code: 'unreachable',
      status: 0,
      title: 'The server cannot be reached',
      detail: 'Check your connection, then try again.',
      errors: [],
    };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { code: 'unexpected', status: 0, title: 'Something went wrong on this page', detail, errors: [] };
}

/** The stable code of a refusal; `undefined` when the server did not refuse. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof BatonProblem ? error.code : undefined;
}
