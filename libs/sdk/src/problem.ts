import type { Problem, ProblemDetail } from '@baton/contracts';

/** The server refused, and said why. Switch on `code`; show `detail` to people. */
export class BatonProblem extends Error {
  override readonly name = 'BatonProblem';
  readonly code: string;
  readonly status: number;
  readonly errors: readonly ProblemDetail[];
  readonly traceId: string | undefined;

  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
    this.traceId = problem.traceId;
  }
}

/** Reads a refusal from a response, whatever stands in its body: a proxy in between may have answered with HTML. */
export async function problemOf(response: Response): Promise<BatonProblem> {
  const body: unknown = await response.json().catch(() => null);
  if (isProblem(body)) return new BatonProblem(body);
  return new BatonProblem({
    type: 'about:blank',
    code: `http-${response.status}`,
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
  });
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body && 'status' in body;
}
