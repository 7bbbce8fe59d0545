import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Installs the locked dependencies unless exactly these are here already.
 *
 * @param {string} root the checkout
 * @returns {boolean} whether anything was installed
 */
export function ensureInstalled(root) {
  const mark = join(root, 'node_modules/.baton-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false;
  console.log('installing the locked dependencies (npm ci) …');
  const from = performance.now();
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error('npm ci failed: see the lines above. Check the network and the npm registry, then try again.');
    process.exit(1);
  }
  writeFileSync(mark, wanted);
  console.log(`installed in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  return true;
}
