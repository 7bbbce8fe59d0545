import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Makes sure a program of Debian's is on the PATH; as root on Debian it is installed.
 *
 * @param {string} program e.g. `redis-server`
 * @param {string} debianPackage
 * @returns {{ path: string } | { missing: string }} where it is, or why it is not there
 */
export function provide(program, debianPackage) {
  const found = which(program);
  if (found) return { path: found };
  if (process.getuid?.() !== 0)
    return { missing: `${program} is not on the PATH and only root may install it (apt-get install ${debianPackage})` };
  if (!which('apt-get')) return { missing: `${program} is not on the PATH and this is no Debian to install it on` };
  console.log(`test: installing ${debianPackage} with apt-get …`);
  const options = { encoding: /** @type {const} */ ('utf8'), env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  spawnSync('apt-get', ['-q', 'update'], options);
  const { status, stderr } = spawnSync('apt-get', ['-yq', '--no-install-recommends', 'install', debianPackage], options);
  const path = which(program);
  return path ? { path } : { missing: `apt-get install ${debianPackage} ended with ${status}: ${stderr?.trim().split('\n').at(-1)}` };
}

/** @param {string} program */
export function which(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not in this folder
    }
  }
  return null;
}
