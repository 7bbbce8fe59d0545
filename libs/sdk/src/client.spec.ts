import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { BatonClient } from './client.js';
import { BatonProblem } from './problem.js';

// Features: K-04, R-08
type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server | undefined;
afterEach(() => server?.close());

/** A real server on this machine that answers each request with the next of the given answers. */
async function serve(...answers: Answer[]): Promise<{ client: BatonClient; address: string; seen: IncomingMessage[] }> {
  const seen: IncomingMessage[] = [];
  server = createServer((request, response) => {
    request.resume();
    const answer = answers[Math.min(seen.length, answers.length - 1)];
    seen.push(request);
    answer?.(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const address = `http://127.0.0.1:${port}/`;
  return { client: new BatonClient({ baseUrl: address, token: 'a-token' }), address, seen };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
const hangUp: Answer = (request) => void request.socket.destroy();
const problem = (status: number, code: string) => ({
  type: `https://baton.test/problems/${code}`,
  code,
  title: code,
  status,
  detail: `It is ${code}.`,
});

describe('the client', () => {
  it('asks with the token and the path of the operation', async () => {
    const { client, seen } = await serve(json(200, { items: [] }));
    await client.userTasks({ view: 'mine', limit: 10 });

    expect(seen[0]?.url).toBe('/api/v1/user-tasks?view=mine&limit=10');
    expect(seen[0]?.headers.authorization).toBe('Bearer a-token');
  });

  it('repeats a write whose answer was lost, with the same idempotency key', async () => {
    const { client, seen } = await serve(
      hangUp,
      json(503, problem(503, 'store-unavailable'), { 'retry-after': '0' }),
      json(201, { id: '1', state: 'starting' }),
    );
    await client.start({ processId: 'order' });

    const keys = seen.map((request) => request.headers['idempotency-key']);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('says why the server refused', async () => {
    const { client, seen } = await serve(json(409, problem(409, 'task-claimed')));
    const refusal = await client.claimTask('7').catch((error: unknown) => error);

    expect(refusal).toBeInstanceOf(BatonProblem);
    expect(refusal).toMatchObject({ code: 'task-claimed', status: 409, message: 'It is task-claimed.' });
    expect(seen).toHaveLength(1);
  });

  it('keeps an id inside its path segment', async () => {
    const { client, seen } = await serve(json(404, problem(404, 'not-found')));
    await client.instance('../user-tasks?x').catch(() => undefined);

    expect(seen[0]?.url).toBe('/api/v1/process-instances/..%2Fuser-tasks%3Fx');
  });

  it('renews an expired session once, however many requests find it expired', async () => {
    let renewals = 0;
    const { client } = await serve((request, response) => {
      if (request.url === '/api/v1/auth/refresh') {
        renewals++;
        return json(200, { accessToken: 'fresh', refreshToken: 'r2', expiresIn: 600 })(request, response);
      }
      const isFresh = request.headers.authorization === 'Bearer fresh';
      return (isFresh ? json(200, { items: [] }) : json(401, problem(401, 'unauthenticated')))(request, response);
    });
    client.session.set({ accessToken: 'stale', refreshToken: 'r1', expiresIn: 600 });

    await Promise.all([client.userTasks(), client.instances(), client.me()]);
    expect(renewals).toBe(1);
  });

  it('ends the session when it cannot be renewed', async () => {
    const { client } = await serve(json(401, problem(401, 'refresh-reused')));
    client.session.set({ accessToken: 'stale', refreshToken: 'r1', expiresIn: 600 });

    await expect(client.me()).rejects.toMatchObject({ status: 401 });
    expect(client.session.signedIn).toBe(false);
  });

  it('signs in by itself, and again when the session cannot be renewed', async () => {
    const seen: string[] = [];
    const { address } = await serve((request, response) => {
      seen.push(request.url ?? '');
      if (request.url === '/api/v1/auth/refresh') return json(401, problem(401, 'refresh-reused'))(request, response);
      const logins = seen.filter((url) => url.endsWith('/login')).length;
      if (request.url === '/api/v1/auth/login')
        return json(200, { accessToken: `a${logins}`, refreshToken: 'r', expiresIn: 600 })(request, response);
      const isFresh = request.headers.authorization === `Bearer a2`;
      return (isFresh ? json(200, { items: [] }) : json(401, problem(401, 'unauthenticated')))(request, response);
    });
    const worker = new BatonClient({ baseUrl: address, login: { tenant: 'acme', email: 'a@acme.demo', password: 'demo' } });

    expect(await worker.userTasks()).toEqual({ items: [] });
    expect(seen.map((url) => url.replace('/api/v1/', ''))).toEqual([
      'auth/login',
      'user-tasks',
      'auth/refresh',
      'auth/login',
      'user-tasks',
    ]);
  });
});
