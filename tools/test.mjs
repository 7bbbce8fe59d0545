// npm test: everything that CI checks, in the order in which it fails fastest. Ends with one line `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureInstalled } from './install.mjs';
import { provide } from './provide.mjs';

const root = resolve(import.meta.dirname, '..');
const bin = join(root, 'node_modules/.bin');
const reports = mkdtempSync(join(tmpdir(), 'baton-test-'));
chmodSync(reports, 0o755); // as root, the database of the browser tests runs as somebody else
const isCi = process.env.CI === 'true';
const count = { passed: 0, failed: 0, skipped: 0 };
const began = performance.now();

ensureInstalled(root);
const env = { ...process.env, PATH: `${bin}:${process.env.PATH}`, SUITES_DIR: resolve(root, process.env.SUITES_DIR ?? '../shared/suites') };

leg('build', 'node', ['tools/build.mjs']);
leg('lint', 'oxlint', ['--deny-warnings']);
leg('format', 'prettier', ['--check', '--log-level', 'warn', '.']);
if (count.failed > 0) finish(); // what does not compile or lint is not worth a browser

if (!env.REDIS_URL) needs('Redis leg', provide('redis-server', 'redis-server'));
vitest('unit');
vitest('integration');
const browser = provide('chromium', 'chromium');
if (needs('browser tests', browser)) playwright(browser.path);
finish();

/** One check without tests of its own: counted as one. */
function leg(name, command, args) {
  const seconds = run(name, command, args);
  count[seconds.ok ? 'passed' : 'failed']++;
}

function vitest(project) {
  const file = join(reports, `${project}.json`);
  const { ok } = run(project, 'vitest', [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
  if (report) {
    count.passed += report.numPassedTests;
    count.skipped += report.numPendingTests + report.numTodoTests;
  }
  // A file that does not even load has no failed tests, but the run is red.
  if (!ok) count.failed += Math.max(1, report?.numFailedTests ?? 0);
}

function playwright(executable) {
  const file = join(reports, 'browser.json');
  const { ok } = run('browser', 'playwright', ['test'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: file,
    BATON_CHROMIUM: executable,
    BATON_E2E_DATA: join(reports, 'data'),
  });
  const stats = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).stats : null;
  if (stats) {
    count.passed += stats.expected + stats.flaky;
    count.skipped += stats.skipped;
  }
  if (!ok) count.failed += Math.max(1, stats?.unexpected ?? 0);
}

/** Reports a leg that cannot run here; with CI=true that is a failure. */
function needs(name, provided) {
  if ('path' in provided) return true;
  console.log(`test: ${name} ${isCi ? 'FAILED' : 'skipped'}: ${provided.missing}`);
  count[isCi ? 'failed' : 'skipped']++;
  return false;
}

function run(name, command, args, more = {}) {
  console.log(`\ntest: ${name} …`);
  const from = performance.now();
  const { status } = spawnSync(join(bin, command), args, { cwd: root, env: { ...env, ...more }, stdio: 'inherit' });
  console.log(`test: ${name} ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - from) / 1000).toFixed(0)} s`);
  return { ok: status === 0 };
}

function finish() {
  rmSync(reports, { recursive: true, force: true });
  console.log(`\ntest: ${((performance.now() - began) / 1000).toFixed(0)} s in all`);
  console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
  process.exit(count.failed === 0 ? 0 : 1);
}
