import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchDatabase } from './bench-database.js';

const WORKER = resolve(import.meta.dirname, '../../../worker/dist/main.js');
const READY_MS = 30_000;

/** A worker as it runs in production: its own process, its own roles. Ends with us. */
export interface BenchWorker {
  readonly pid: number;
  stop(): Promise<void>;
}

/**
 * Start a worker on the database and wait until it works.
 *
 * @param nodeArguments  for its Node, for example `--cpu-prof`.
 * @throws Error with what it said when it does not start.
 */
export async function startBenchWorker(
  database: BenchDatabase,
  options: { readonly redisUrl?: string | undefined; readonly nodeArguments?: readonly string[] | undefined } = {},
): Promise<BenchWorker> {
  if (!existsSync(WORKER)) throw new Error('apps/worker is not built: run npm run build.');
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), WORKER], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      DATABASE_ENGINE_URL: database.engineUrl,
      DATABASE_DISPATCHER_URL: database.dispatcherUrl,
      ...(options.redisUrl !== undefined && { REDIS_URL: options.redisUrl }),
      BATON_LOG_LEVEL: 'warn',
      BATON_SUPERVISED: '1',
    },
    // Standard output is ours: the figures are read from it.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const gone = new Promise<void>((done) => {
    child.once('exit', () => done());
    child.once('error', () => done());
  });
  await ready(child, gone);
  return {
    pid: child.pid!,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM');
      await gone;
    },
  };
}

function ready(child: ChildProcess, gone: Promise<void>): Promise<void> {
  return new Promise((done, fail) => {
    const late = setTimeout(() => fail(new Error(`The worker is not ready after ${READY_MS / 1000} s.`)), READY_MS);
    child.once('message', () => {
      clearTimeout(late);
      done();
    });
    void gone.then(() => {
      clearTimeout(late);
      fail(new Error('The worker ended before it was ready.'));
    });
  });
}
