import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ActivatedJob } from '@baton/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { BatonClient, BpmnError, JobFailure, JobWorker } from './index.js';
import type { JobHandler } from './index.js';

// Features: P-18

let server: Server | undefined;
afterEach(() => server?.close());

interface Call {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly key: string | undefined;
}

/** A real server that hands out these jobs, one per request, and remembers what comes back. */
async function serve(
  jobs: readonly string[],
): Promise<{ client: BatonClient; results: Call[]; settled: (count: number) => Promise<void> }> {
  const left = [...jobs];
  const results: Call[] = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Call['body'];
      if (request.url === '/api/v1/jobs/activate') {
        const id = left.shift();
        const answer = () =>
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items: id ? [job(id)] : [] }));
        return id ? answer() : setTimeout(answer, 50);
      }
      results.push({ path: request.url ?? '', body, key: request.headers['idempotency-key'] as string | undefined });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const settled = async (count: number) => {
    while (results.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  return { client: new BatonClient({ baseUrl: `http://127.0.0.1:${port}`, token: 't' }), results, settled };
}

function job(id: string): ActivatedJob {
  return {
    id,
    type: 'archive',
    effectKey: `effect-${id}`,
    processInstanceId: 'p',
    processId: 'order',
    elementId: 'Archive',
    headers: {},
    variables: { id },
    retriesLeft: 3,
    leaseEpoch: 2,
    leaseUntil: '2026-03-01T09:00:00Z',
  };
}

async function run(handler: JobHandler, jobs = ['1']): Promise<Call[]> {
  const { client, results, settled } = await serve(jobs);
  const worker = new JobWorker(client, { type: 'archive', handler, waitMs: 1000 });
  worker.start();
  await settled(jobs.length);
  await worker.stop();
  return results;
}

describe('a job worker', () => {
  it('hands in what the handler returns, under a key of its own', async () => {
    expect(await run((taken) => ({ archived: taken.variables['id'] ?? null }))).toEqual([
      { path: '/api/v1/jobs/1/complete', body: { leaseEpoch: 2, variables: { archived: '1' } }, key: '1:2:complete' },
    ]);
  });

  it('hands in nothing as nothing', async () => {
    expect((await run(() => undefined))[0]?.body).toEqual({ leaseEpoch: 2, variables: {} });
  });

  it('reports a failure to be retried', async () => {
    const [call] = await run(() => Promise.reject(new Error('The archive is away.')));

    expect(call).toMatchObject({ path: '/api/v1/jobs/1/fail', body: { leaseEpoch: 2, message: 'The archive is away.' } });
  });

  it('lets the handler say how it is retried', async () => {
    const [call] = await run(() => Promise.reject(new JobFailure('Full.', { retriesLeft: 0, retryAfterMs: 5000 })));

    expect(call?.body).toEqual({ leaseEpoch: 2, message: 'Full.', retriesLeft: 0, retryAfterMs: 5000 });
  });

  it('throws a business error into the process', async () => {
    const [call] = await run(() => Promise.reject(new BpmnError('archive-full', 'No room.', { free: 0 })));

    expect(call).toMatchObject({
      path: '/api/v1/jobs/1/throw-error',
      body: { leaseEpoch: 2, errorCode: 'archive-full', message: 'No room.', variables: { free: 0 } },
    });
  });

  it('does several jobs at a time, but not more than it may', async () => {
    const { client, results, settled } = await serve(['1', '2', '3', '4']);
    let running = 0;
    let most = 0;
    const handler = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 30));
      running--;
    };
    const worker = new JobWorker(client, { type: 'archive', handler, concurrency: 2, waitMs: 1000 });
    worker.start();
    await settled(4);
    await worker.stop();

    expect(most).toBe(2);
    expect(results).toHaveLength(4);
  });

  it('stops only when the job in hand is done', async () => {
    const { client, results } = await serve(['1']);
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const handler = async () => {
      begun();
      await new Promise((resolve) => setTimeout(resolve, 50));
    };
    const worker = new JobWorker(client, { type: 'archive', handler, waitMs: 1000 });
    worker.start();
    await started;
    await worker.stop();

    expect(results.map(({ path }) => path)).toEqual(['/api/v1/jobs/1/complete']);
  });

  it('tells a job that does not end to give up', async () => {
    const { client, results } = await serve(['1']);
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => (begun = resolve));
    const handler: JobHandler = (_job, { signal }) =>
      new Promise((_resolve, reject) => {
        begun();
        signal.addEventListener('abort', () => reject(new Error('Stopped.')));
      });
    const worker = new JobWorker(client, { type: 'archive', handler, waitMs: 1000 });
    worker.start();
    await started;
    await worker.stop(20);

    expect(results).toMatchObject([{ path: '/api/v1/jobs/1/fail', body: { message: 'Stopped.' } }]);
  });
});
