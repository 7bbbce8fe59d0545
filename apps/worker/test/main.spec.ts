import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@baton/testing';
import { describe, expect, it } from 'vitest';

// Features: R-13

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
/** What the platform grants a process that is asked to leave, before it is killed. */
const LEAVE_MS = 25_000;

/** Starts the built worker as a process of its own. */
function launch(env: Readonly<Record<string, string>>): ChildProcess & { output(): string } {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout!.on('data', (chunk) => (output += String(chunk)));
  child.stderr!.on('data', (chunk) => (output += String(chunk)));
  return Object.assign(child, { output: () => output });
}

const exitOf = async (child: ChildProcess): Promise<number | null> => {
  const [code] = (await once(child, 'close')) as [number | null];
  return code;
};

describe.skipIf(!existsSync(MAIN))('the process of the worker (needs `npm run build`)', () => {
  it('says in one line which address is wrong, and ends with 2', async () => {
    const { engineUrl, dispatcherUrl, superuserUrl, ownerUrl } = await startPostgres();
    const stranger = new URL(engineUrl);
    stranger.password = 'not-the-password';
    const wrong: readonly (readonly [setting: string, engine: string, dispatcher: string])[] = [
      ['DATABASE_ENGINE_URL', superuserUrl, dispatcherUrl],
      ['DATABASE_DISPATCHER_URL', engineUrl, superuserUrl],
      ['DATABASE_ENGINE_URL', ownerUrl, dispatcherUrl],
      ['DATABASE_ENGINE_URL', stranger.href, dispatcherUrl],
    ];
    for (const [setting, engine, dispatcher] of wrong) {
      const child = launch({ DATABASE_ENGINE_URL: engine, DATABASE_DISPATCHER_URL: dispatcher });
      expect(await exitOf(child)).toBe(2);
      expect(child.output()).toMatch(new RegExp(`^${setting} [^\\n]*\\n$`));
      expect(child.output()).not.toContain(new URL(engine).password);
    }
  });

  it('works until it is told to leave', async () => {
    const { engineUrl, dispatcherUrl } = await startPostgres();
    const child = launch({ DATABASE_ENGINE_URL: engineUrl, DATABASE_DISPATCHER_URL: dispatcherUrl });
    const [message] = (await once(child, 'message')) as [{ type: string }];
    expect(message).toEqual({ type: 'ready' });
    const asked = Date.now();
    child.kill('SIGTERM');

    expect(await exitOf(child)).toBe(0);
    expect(Date.now() - asked).toBeLessThan(LEAVE_MS);
  });
});
