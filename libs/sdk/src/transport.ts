import type { Session } from './session.js';
import { problemOf } from './problem.js';
import { ATTEMPTS_MAX, delayBefore, isPassing, pause } from './retry.js';

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly body?: unknown;
  /** Seconds to wait for the effect of a write before it answers (`Prefer: wait=N`). */
  readonly waitSeconds?: number;
  /** Made up when absent, and kept over retries: a write whose answer was lost has one effect. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Sent without a token: signing in. */
  readonly anonymous?: boolean;
  /** The media type wanted; JSON when absent. */
  readonly accept?: string;
}

/** One HTTP connection to the API: tokens, idempotency keys, retries, problems. */
export class Transport {
  constructor(
    readonly baseUrl: string,
    private readonly session: () => Session,
    private readonly fetchImpl: typeof fetch = fetch,
  ) {}

  /** @throws BatonProblem when the server refuses; the network's own error when it stays away. */
  async json<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
    const response = await this.send(method, path, options);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async text(method: string, path: string, options: RequestOptions = {}): Promise<string> {
    return (await this.send(method, path, options)).text();
  }

  /** The response itself, once it is a success. */
  async send(method: string, path: string, options: RequestOptions = {}): Promise<Response> {
    const key = method === 'GET' ? undefined : (options.idempotencyKey ?? crypto.randomUUID());
    let renewed = false;
    if (!options.anonymous) await this.session().prepare();
    for (let attempt = 1; ; attempt++) {
      let response: Response;
      try {
        response = await this.fetchImpl(this.url(path, options.query), this.init(method, options, key));
      } catch (error) {
        if (options.signal?.aborted || attempt >= ATTEMPTS_MAX) throw error;
        await pause(delayBefore(attempt, null), options.signal);
        continue;
      }
      if (response.ok) return response;
      if (response.status === 401 && !options.anonymous && !renewed && (await this.session().refresh())) {
        renewed = true;
        continue;
      }
      if (!isPassing(response.status) || attempt >= ATTEMPTS_MAX || options.anonymous) throw await problemOf(response);
      await pause(delayBefore(attempt, response.headers.get('retry-after')), options.signal);
    }
  }

  private url(path: string, query: RequestOptions['query'] = {}): string {
    const url = new URL(`${this.baseUrl}/api/v1/${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
    return url.href;
  }

  private init(method: string, options: RequestOptions, key: string | undefined): RequestInit {
    const headers: Record<string, string> = { accept: options.accept ?? 'application/json' };
    const token = options.anonymous ? null : this.session().accessToken;
    if (token) headers['authorization'] = `Bearer ${token}`;
    if (key) headers['idempotency-key'] = key;
    if (options.waitSeconds) headers['prefer'] = `wait=${options.waitSeconds}`;
    const isForm = options.body instanceof FormData;
    if (options.body !== undefined && !isForm) headers['content-type'] = 'application/json';
    return {
      method,
      headers,
      ...(options.body === undefined ? {} : { body: isForm ? (options.body as FormData) : JSON.stringify(options.body) }),
      ...(options.signal ? { signal: options.signal } : {}),
    };
  }
}
