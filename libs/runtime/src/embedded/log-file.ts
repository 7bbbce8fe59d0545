import { existsSync, mkdirSync, openSync, readSync, renameSync, closeSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A log beyond this size starts anew; the one before is kept as `.1`. */
const BYTES_MAX = 16 * 1024 * 1024;

/** Open a log to append to. The caller closes the descriptor; a child process that got it keeps its own. */
export function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  if (logSize(path) > BYTES_MAX) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

/** Bytes in the log so far: remember it, to read later what came after. */
export function logSize(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

/** The last lines a process wrote since `from`, at most 4 kB. */
export function logTail(path: string, from = 0): string {
  const size = logSize(path);
  const start = Math.max(from, size - 4_096);
  if (size <= start) return '';
  const bytes = Buffer.alloc(size - start);
  const file = openSync(path, 'r');
  try {
    readSync(file, bytes, 0, bytes.length, start);
  } finally {
    closeSync(file);
  }
  return bytes.toString('utf8').trim();
}
