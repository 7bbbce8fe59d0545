import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Supervisor } from '../../src/embedded/index.js';
import { isAlive } from '../../src/embedded/processes.js';

let folder: string;
let supervisor: Supervisor;
let restarts: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-supervisor-'));
  restarts = [];
  supervisor = new Supervisor((name, why) => restarts.push(`${name}: ${why}`));
});
afterEach(async () => {
  await supervisor.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A program that leaves like ours do: on SIGTERM, and when the channel to its supervisor breaks. */
const POLITE = `
  process.on('SIGTERM', () => { console.log('left politely'); process.exit(0); });
  process.once('disconnect', () => process.exit(0));
  setInterval(() => {}, 1000);
  console.log('up');`;

function program(source: string, name = 'program'): string {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, source);
  return file;
}

const start = (source: string, name = 'program') =>
  supervisor.start({ name, program: program(source, name), env: process.env, logFile: join(folder, `${name}.log`) });
const log = (name = 'program') => readFileSync(join(folder, `${name}.log`), 'utf8');

async function until(what: () => boolean): Promise<void> {
  for (let waited = 0; !what(); waited += 20) {
    if (waited > 10_000) throw new Error(`never: ${what.toString()}`);
    await sleep(20);
  }
}

it('starts again what was killed, as another process', async () => {
  const child = start(POLITE);
  await until(() => log().includes('up'));
  const first = child.pid;

  process.kill(first, 'SIGKILL');

  await until(() => child.pid !== 0 && child.pid !== first);
  expect(restarts).toEqual(['program: SIGKILL']);
});

it('waits longer after each failure', async () => {
  const startedAt = Date.now();
  start('process.exit(1)');

  await until(() => restarts.length === 3);

  // 250 ms and 500 ms lie between the three.
  expect(Date.now() - startedAt).toBeGreaterThan(700);
});

it('does not start again what refuses its settings, and says what it said', async () => {
  start(`console.error('BATON_JWT_SECRET is missing.'); process.exit(2)`);

  await expect(supervisor.failed).rejects.toThrow('BATON_JWT_SECRET is missing.');
  expect(restarts).toEqual([]);
});

it('asks to leave, and kills only who does not', async () => {
  const polite = start(POLITE, 'polite');
  const deaf = start(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`, 'deaf');
  await until(() => log('polite').includes('up') && log('deaf').includes('up'));
  const pids = [polite.pid, deaf.pid];

  await supervisor.stop(300);

  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(log('polite')).toContain('left politely');
});

it('leaves nothing behind when it is killed with -9 itself', async () => {
  const holder = spawn(process.execPath, [join(import.meta.dirname, 'hold-child.mjs'), program(POLITE), join(folder, 'held.log')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => holder.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))));
  await until(() => log('held').includes('up'));

  holder.kill('SIGKILL');

  await until(() => !isAlive(pid));
});
