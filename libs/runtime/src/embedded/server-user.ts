import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { chown } from 'node:fs/promises';

/** PostgreSQL refuses to run as root; `nobody` has this number on every system. */
const NOBODY = 65_534;

export interface UserIds {
  readonly uid?: number;
  readonly gid?: number;
}

export const isRoot = (): boolean => process.getuid?.() === 0;

/** As whom the server runs: as root whoever owns the data already, else nobody; otherwise as ourselves. */
export function serverUser(dataDirectory: string): UserIds {
  if (!isRoot()) return {};
  if (existsSync(dataDirectory)) {
    const { uid, gid } = statSync(dataDirectory);
    if (uid !== 0) return { uid, gid };
  }
  return { uid: NOBODY, gid: NOBODY };
}

/** Hand a file or folder to the server's user. */
export async function giveTo(path: string, user: UserIds): Promise<void> {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
}

/** Run a program as the server's user and answer what it printed. */
export function runAs(user: UserIds, program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    ...user,
    cwd: '/',
    env: { LC_ALL: 'C', PATH: process.env['PATH'] ?? '' },
    encoding: 'utf8',
    stdio: 'pipe',
  });
}
