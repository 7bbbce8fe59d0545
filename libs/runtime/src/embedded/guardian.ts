import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';

/**
 * Stop a process when we are gone, even by `kill -9`. A shell waits on a pipe only we hold; when the pipe breaks it sends the
 * signal. It costs no memory worth naming, and lives in its own session, so that Ctrl-C in the terminal does not reach it.
 *
 * Windows has no such shell; there the next start stops what was left over.
 */
export function guard(pid: number, signal: 'INT' | 'TERM' = 'INT'): ChildProcess | null {
  if (process.platform === 'win32') return null;
  const guardian = spawn('/bin/sh', ['-c', 'read -r _; kill -"$2" "$1"', 'baton-guardian', String(pid), signal], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    cwd: '/',
  });
  guardian.on('error', () => {});
  guardian.stdin?.on('error', () => {});
  guardian.unref();
  (guardian.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guardian;
}
