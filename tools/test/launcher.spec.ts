import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';

const LAUNCHER = resolve(import.meta.dirname, '../launcher.mjs');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'baton-launcher-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What npm does: a process that runs a script, itself or through a shell that waits. */
function launch(command: string, lifecycle: string | undefined) {
  const script = join(folder, 'script.mjs');
  writeFileSync(
    script,
    `import { writeFileSync } from 'node:fs';
     import { whenLauncherIsGone } from ${JSON.stringify(LAUNCHER)};
     whenLauncherIsGone(() => { writeFileSync(${JSON.stringify(join(folder, 'told'))}, ''); process.exit(0); });
     writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));
     setTimeout(() => process.exit(0), 8_000);`,
  );
  const env = { ...process.env, npm_lifecycle_event: lifecycle, SCRIPT: script, NODE: process.execPath };
  if (lifecycle === undefined) delete env.npm_lifecycle_event;
  return spawn(process.execPath, ['-e', command], { env, stdio: 'ignore' });
}

const DIRECT = `require('child_process').spawn(process.env.NODE, [process.env.SCRIPT]); setInterval(() => {}, 1000)`;
const THROUGH_A_SHELL = `require('child_process').spawn('sh', ['-c', '"$NODE" "$SCRIPT"; true']); setInterval(() => {}, 1000)`;

async function until(file: string, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += 50) {
    if (existsSync(join(folder, file))) return true;
    await sleep(50);
  }
  return false;
}

it.each([
  ['npm that runs it', DIRECT],
  ['npm that runs it through a shell', THROUGH_A_SHELL],
])('notices kill -9 of %s', async (_, command) => {
  const npm = launch(command, 'start');
  await until('pid', 5_000);

  npm.kill('SIGKILL');

  expect(await until('told', 5_000)).toBe(true);
});

it('goes on without the shell that started it in the background', async () => {
  const shell = launch(DIRECT, undefined);
  await until('pid', 5_000);

  shell.kill('SIGKILL');

  expect(await until('told', 1_500)).toBe(false);
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
});
