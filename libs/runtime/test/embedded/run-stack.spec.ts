import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestCluster } from '@baton/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, removeCluster } from '../../src/embedded/index.js';
import { isAlive } from '../../src/embedded/processes.js';

/** What `npm start` runs, on the built code. */
const MAIN = join(import.meta.dirname, '../../dist/embedded/main.js');

/** One start: the process, and what it said so far. */
interface Start {
  readonly process: ChildProcess;
  output: string;
  readonly exited: Promise<number | null>;
}

let folder: string;
let starts: Start[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-stack-'));
  chmodSync(folder, 0o755);
  starts = [];
});
afterEach(async () => {
  for (const start of starts) {
    start.process.kill('SIGTERM');
    await start.exited;
  }
  removeCluster(join(folder, 'postgres'));
  rmSync(folder, { recursive: true, force: true });
});

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Start {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], BATON_DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const started: Start = {
    process: child,
    output: '',
    exited: new Promise((resolve) => child.once('exit', (code) => resolve(code))),
  };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (started.output += chunk.toString()));
  starts.push(started);
  return started;
}

async function untilHealthy(started: Start): Promise<void> {
  for (let waited = 0; !started.output.includes('Healthy.'); waited += 50) {
    if (started.process.exitCode !== null || waited > 90_000) throw new Error(`not healthy:\n${started.output}\n${logs()}`);
    await sleep(50);
  }
}

const logs = () =>
  ['api', 'worker']
    .map((name) => join(folder, 'logs', `${name}.log`))
    .map((file) => (existsSync(file) ? readFileSync(file, 'utf8').slice(-2_000) : ''))
    .join('\n');

/** Processes the running stack counts as its own. */
function members(): number[] {
  const lock = JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as { pid: number; children: { pid: number }[] };
  return [lock.pid, ...lock.children.map((child) => child.pid)];
}

async function login(port: number, email: string): Promise<{ status: number; token: string }> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: 'acme', email, password: 'demo' }),
  });
  const body = (await response.json()) as { accessToken?: string };
  return { status: response.status, token: body.accessToken ?? '' };
}

async function processes(port: number): Promise<string[]> {
  const { token } = await login(port, 'designer@acme.demo');
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/process-definitions`, { headers: { authorization: `Bearer ${token}` } });
  return ((await response.json()) as { items: { processId: string }[] }).items.map((definition) => definition.processId);
}

describe('the stack on the embedded database', () => {
  it('starts, says where it is and who may sign in, and leaves nothing when it is stopped', async () => {
    const port = await freePort();
    const stack = start(['--port', String(port)]);
    await untilHealthy(stack);

    expect(stack.output).toContain(`http://127.0.0.1:${port}`);
    expect(stack.output).toContain('requester@acme.demo');
    expect((await login(port, 'requester@acme.demo')).status).toBe(200);
    expect(await processes(port)).toContain('purchase-order');
    const pids = members();

    const toldAt = Date.now();
    stack.process.kill('SIGINT');

    expect(await stack.exited).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(10_000);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('starts again after kill -9, with the data and without pause', async () => {
    const port = await freePort();
    const first = start(['--port', String(port)]);
    await untilHealthy(first);
    const pids = members();
    const versions = (await processes(port)).length;

    first.process.kill('SIGKILL');
    await first.exited;
    const startedAt = Date.now();
    const second = start(['--port', String(port)]);
    await untilHealthy(second);

    expect(Date.now() - startedAt).toBeLessThan(20_000);
    expect((await processes(port)).length).toBe(versions);
    expect(pids.filter(isAlive)).toEqual([]);
  });

  it('says so when it runs already', async () => {
    const port = await freePort();
    await untilHealthy(start(['--port', String(port)]));

    const second = start(['--port', String(await freePort())]);

    expect(await second.exited).toBe(1);
    expect(second.output).toContain(`Baton runs already, at http://127.0.0.1:${port}`);
  });
});

describe('the stack on a database of the operator', () => {
  it('prepares it and runs on it', async () => {
    const cluster = await TestCluster.start();
    try {
      const { appUrl, superuserUrl } = await cluster.database();
      const port = await freePort();
      const stack = start(['--port', String(port)], { DATABASE_URL: appUrl, DATABASE_OWNER_URL: superuserUrl });
      await untilHealthy(stack);

      expect((await login(port, 'manager@acme.demo')).status).toBe(200);
      expect(existsSync(join(folder, 'postgres'))).toBe(false);
      stack.process.kill('SIGTERM');
      await stack.exited;
    } finally {
      await cluster.stop();
    }
  });

  it('names the setting in one line when nobody answers there', async () => {
    const nowhere = `postgres://baton_app:p@127.0.0.1:${await freePort()}/baton`;
    const stack = start([], { DATABASE_URL: nowhere, DATABASE_OWNER_URL: nowhere });

    expect(await stack.exited).toBe(2);
    expect(stack.output.trim().split('\n').at(-1)).toMatch(/^DATABASE_OWNER_URL: the database does not let us in/);
  });
});

it('names a wrong setting in one line, before it does anything', async () => {
  const stack = start([], { BATON_PROFILE: 'production' });

  expect(await stack.exited).toBe(2);
  expect(stack.output).toBe('DATABASE_URL is missing: the production profile does not run on the embedded database.\n');
});
