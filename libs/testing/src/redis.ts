import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '@baton/runtime/embedded';

/** A Redis of our own, or the one that `REDIS_URL` names. */
export interface TestRedis {
  readonly url: string;
  stop(): Promise<void>;
}

/** Why there is no Redis here, or null when there is one: tests skip with this reason. */
export function redisMissing(): string | null {
  if (process.env['REDIS_URL'] || serverPath()) return null;
  return 'neither REDIS_URL nor a redis-server on the PATH';
}

/** Starts a server that keeps nothing: Redis is a doorbell, never the record. */
export async function startRedis(): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, stop: () => Promise.resolve() };
  const program = serverPath();
  if (!program) throw new Error(`No Redis: ${redisMissing()}.`);

  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'baton-redis-'));
  const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder], {
    stdio: 'ignore',
  });
  // A test that fails before its clean-up must not leave a server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  await answering(port, child);
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serverPath(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((path) => existsSync(path));
}

async function answering(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await connects(port))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`redis-server does not answer on port ${port}.`);
    await sleep(20);
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });
}
