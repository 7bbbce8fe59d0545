import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** May a user who is neither owner nor in the group walk to this path? What does not exist yet counts as passable. */
export function isReachableByOthers(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

/**
 * Where root keeps what its unprivileged PostgreSQL must reach: `/var/lib/baton`, or the temporary folder where that is read-only.
 */
export function placeForOthers(): string {
  try {
    accessSync('/var/lib', constants.W_OK);
    return '/var/lib/baton';
  } catch {
    return join(tmpdir(), 'baton-0');
  }
}

/** A folder of one's own in that place for something that belongs at `path`. The same path always gives the same folder. */
export function placeInsteadOf(path: string): string {
  return join(placeForOthers(), createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16));
}
