import { existsSync, rmSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { PostgresBinaries } from './postgres-binaries.js';
import { isReachableByOthers, placeInsteadOf } from './reachable.js';
import { giveTo, isRoot, runAs, serverUser } from './server-user.js';

/**
 * Where the data of `dir` lies: there, unless we are root and the folder is one only root may enter (a checkout below `/root`,
 * say). The server runs as an unprivileged user, so its data then has a folder of its own under `/var/lib/baton`.
 */
export function dataDirectoryOf(dir: string): string {
  const path = resolve(dir);
  return isRoot() && !isReachableByOthers(dirname(path)) ? join(placeInsteadOf(path), 'data') : path;
}

/** Remove all data of `dir`, wherever it lies. */
export function removeCluster(dir: string): void {
  const data = dataDirectoryOf(dir);
  rmSync(data, { recursive: true, force: true });
  rmSync(`${data}.new`, { recursive: true, force: true });
  if (data !== resolve(dir)) rmSync(dirname(data), { recursive: true, force: true });
}

/**
 * Make a cluster with the superuser `postgres`, unless there is one. Made beside and renamed: a kill in the middle leaves
 * nothing that looks finished.
 */
export async function ensureCluster(binaries: PostgresBinaries, dataDirectory: string, password: string): Promise<void> {
  if (existsSync(join(dataDirectory, 'PG_VERSION'))) return;
  const user = serverUser(dataDirectory);
  const fresh = `${dataDirectory}.new`;
  const passwordFile = `${dataDirectory}.pw`;
  await mkdir(dirname(dataDirectory), { recursive: true, mode: 0o755 });
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { mode: 0o700 });
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    await chmod(passwordFile, 0o600);
    await giveTo(passwordFile, user);
    await giveTo(fresh, user);
    const access = ['-U', 'postgres', '--pwfile', passwordFile, '-A', 'scram-sha-256'];
    // Bytes sort as bytes, whatever locales this machine has.
    const text = ['-E', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'];
    runAs(user, binaries.initdb, ['-D', fresh, '--no-instructions', ...access, ...text]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rm(dataDirectory, { recursive: true, force: true });
  await rename(fresh, dataDirectory);
}
