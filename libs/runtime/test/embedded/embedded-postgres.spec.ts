import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dataDirectoryOf, EmbeddedPostgres, removeCluster } from '../../src/embedded/index.js';
import { isAlive } from '../../src/embedded/processes.js';
import { isReachableByOthers } from '../../src/embedded/reachable.js';

const PASSWORD = 'a generated password';
const PROGRAM = join(import.meta.dirname, 'hold-postgres.mjs');
const asRoot = process.getuid?.() === 0;

let folder: string;
let servers: EmbeddedPostgres[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-embedded-'));
  chmodSync(folder, 0o755);
  servers = [];
});

afterEach(async () => {
  for (const server of servers) await server.stop('immediate');
  removeCluster(join(folder, 'data'));
  rmSync(folder, { recursive: true, force: true });
});

async function start(dir = join(folder, 'data')): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start({ dir, password: PASSWORD, logFile: join(folder, 'postgres.log') });
  servers.push(server);
  return server;
}

async function query<Row extends object>(server: EmbeddedPostgres, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('commits durably, listens on loopback only and asks for the password', async () => {
  const server = await start();

  const [settings] = await query<Record<string, string>>(
    server,
    `select current_setting('synchronous_commit') as sync, current_setting('fsync') as fsync,
            current_setting('listen_addresses') as listen, current_setting('unix_socket_directories') as socket`,
  );

  expect(settings).toEqual({ sync: 'on', fsync: 'on', listen: '127.0.0.1', socket: '' });
  const stranger = new pg.Client({ connectionString: server.url('postgres', 'postgres', 'wrong') });
  await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
});

it('keeps its data over a clean stop', async () => {
  const first = await start();
  await query(first, 'create table kept as select 42 as answer');
  await first.stop();

  const second = await start();

  expect(await query(second, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

it('takes another port when the preferred one is taken by another server', async () => {
  const first = await start();

  const second = await EmbeddedPostgres.start({
    dir: join(folder, 'other'),
    password: PASSWORD,
    port: first.port,
    logFile: join(folder, 'other.log'),
  });
  servers.push(second);

  expect(second.port).not.toBe(first.port);
  removeCluster(join(folder, 'other'));
});

it('starts again after kill -9 of the server, with what was committed', async () => {
  const first = await start();
  await query(first, 'create table kept as select 1 as answer');
  await first.stop('crash');

  const second = await start();

  expect(await query(second, 'select answer from kept')).toEqual([{ answer: 1 }]);
});

it('starts although postmaster.pid names a living process that is not PostgreSQL', async () => {
  const first = await start();
  await first.stop('crash');
  const bystander = spawn('sleep', ['60']);
  try {
    writeFileSync(join(first.dataDirectory, 'postmaster.pid'), `${bystander.pid}\n${first.dataDirectory}\n0\n0\n\n\n0 0\n`);

    const second = await start();

    expect(await query(second, 'select 1 as up')).toEqual([{ up: 1 }]);
    expect(isAlive(bystander.pid!)).toBe(true);
  } finally {
    bystander.kill();
  }
});

it('shuts the server down when the process that started it is killed with -9, and starts at once afterwards', async () => {
  const holder = spawn(process.execPath, [PROGRAM, join(folder, 'data'), PASSWORD, join(folder, 'postgres.log')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => holder.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));
  expect(isAlive(pid)).toBe(true);

  holder.kill('SIGKILL');

  // No pause: the next start itself has to cope with a server that is still shutting down.
  const server = await start();
  expect(await query(server, 'select 1 as up')).toEqual([{ up: 1 }]);
  expect(isAlive(pid)).toBe(false);
});

// Only root can become somebody else; registered, not skipped, so that a run as a normal user has no gap to explain.
if (asRoot) {
  it('runs as an unprivileged user when we are root, with data only that user may read', async () => {
    const server = await start();

    const status = execFileSync('cat', [`/proc/${server.pid}/status`], { encoding: 'utf8' });

    expect(status).toMatch(/^Uid:\s+65534\s+65534/m);
    expect(execFileSync('stat', ['-c', '%u %a', server.dataDirectory], { encoding: 'utf8' }).trim()).toBe('65534 700');
  });

  it('starts below a folder that only root may enter', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    const dir = join(closed, 'data');

    const server = await start(dir);

    expect(server.dataDirectory).toBe(dataDirectoryOf(dir));
    expect(server.dataDirectory.startsWith(closed)).toBe(false);
    expect(await query(server, 'select 1 as up')).toEqual([{ up: 1 }]);
    await server.stop();
    removeCluster(dir);
  });
}

if (asRoot && isReachableByOthers(import.meta.dirname)) {
  it('starts as a normal user below a folder of mode 0700', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    chownSync(closed, 65_534, 65_534);
    const log = join(closed, 'postgres.log');
    const holder = spawn(process.execPath, [PROGRAM, join(closed, 'data'), PASSWORD, log], {
      uid: 65_534,
      gid: 65_534,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => holder.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));

    expect(execFileSync('stat', ['-c', '%u %a', join(closed, 'data')], { encoding: 'utf8' }).trim()).toBe('65534 700');
    holder.kill('SIGKILL');
    for (let waited = 0; isAlive(pid) && waited < 10_000; waited += 50) await sleep(50);
    expect(isAlive(pid)).toBe(false);
  });
}
