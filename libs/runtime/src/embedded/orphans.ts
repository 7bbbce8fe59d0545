import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './processes.js';

/**
 * Make a data directory free for a new server: a server left over from a killed start is stopped, and its back ends, which end
 * by themselves when their postmaster is gone, are waited for. Two servers never share a directory.
 *
 * @throws Error when the old server does not end within `patienceMs`.
 */
export async function settleOrphans(dataDirectory: string, patienceMs = 20_000): Promise<void> {
  const pidFile = join(dataDirectory, 'postmaster.pid');
  const pid = postmasterPid(pidFile);
  const deadline = Date.now() + patienceMs;
  let asked = false;
  for (;;) {
    const holders = holdersOf(dataDirectory, pid);
    if (holders.length === 0) break;
    if (Date.now() > deadline)
      throw new Error(`The previous PostgreSQL (process ${holders.join(', ')}) does not end; end it and start again.`);
    if (!asked && pid !== null && holders.includes(pid)) {
      // SIGINT is PostgreSQL's fast shutdown: sessions end, then a checkpoint.
      signal(pid, 'SIGINT');
      asked = true;
    }
    await sleep(50);
  }
  // The number may belong to somebody else by now, and PostgreSQL would take that process for its predecessor.
  if (pid !== null && isAlive(pid)) rmSync(pidFile, { force: true });
}

function postmasterPid(file: string): number | null {
  if (!existsSync(file)) return null;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** Processes that work in the data directory: every PostgreSQL process makes it its working directory. */
function holdersOf(dataDirectory: string, postmaster: number | null): number[] {
  if (process.platform === 'linux') {
    const real = realpathSync(dataDirectory);
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && workingDirectory(name) === real)
      .map(Number);
  }
  if (postmaster === null || !isAlive(postmaster) || process.platform === 'win32') return [];
  return commandOf(postmaster).includes(dataDirectory) ? [postmaster] : [];
}

function workingDirectory(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between looking and asking.
  }
}
