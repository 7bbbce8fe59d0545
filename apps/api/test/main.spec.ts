import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '@baton/testing';
import { describe, expect, it } from 'vitest';

// Features: R-13, O-12

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Starts the built API as a process of its own. */
function launch(env: Readonly<Record<string, string>>): ChildProcess & { output(): string } {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'], BATON_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  child.stdout!.on('data', (chunk) => (output += String(chunk)));
  child.stderr!.on('data', (chunk) => (output += String(chunk)));
  return Object.assign(child, { output: () => output });
}

const exitOf = async (child: ChildProcess): Promise<number | null> => {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
};

const addressOf = async (child: ChildProcess): Promise<string> => {
  const [message] = (await once(child, 'message')) as [{ address: string }];
  return message.address;
};

describe.skipIf(!existsSync(MAIN))('the process (needs `npm run build`)', () => {
  it('says in one line which setting is wrong, and ends with 2', async () => {
    const { appUrl, superuserUrl } = await startPostgres();
    const secret = 'q9$Lw2!vT7#xR4@nK8%mP1^cZ6&hJ3*d';
    const wrong: [string, Record<string, string>][] = [
      ['DATABASE_URL', { BATON_JWT_SECRET: secret }],
      ['BATON_JWT_SECRET', { DATABASE_URL: appUrl }],
      ['BATON_JWT_SECRET', { DATABASE_URL: appUrl, BATON_JWT_SECRET: 'short' }],
      ['DATABASE_URL', { DATABASE_URL: superuserUrl, BATON_JWT_SECRET: secret }],
    ];
    for (const [setting, env] of wrong) {
      const child = launch(env);
      expect(await exitOf(child)).toBe(2);
      expect(child.output()).toMatch(new RegExp(`^${setting}[^\\n]*\\n$`));
    }
  });

  it('serves until it is told to leave, and logs no secret', async () => {
    const { appUrl } = await startPostgres();
    const child = launch({ DATABASE_URL: appUrl, BATON_PROFILE: 'demo' });
    const address = await addressOf(child);
    const login = { tenant: 'acme', email: 'manager@acme.demo', password: 'demo-password-in-log' };
    await fetch(`${address}/api/v1/auth/login?password=in-query`, {
      method: 'POST',
      body: JSON.stringify(login),
      headers: { 'content-type': 'application/json' },
    });
    const exited = exitOf(child);
    child.kill('SIGTERM');

    expect(await exited).toBe(0);
    expect(child.output()).toContain('"path":"/api/v1/auth/login"');
    expect(child.output()).not.toMatch(/demo-password-in-log|in-query|manager@acme/);
  });

  it('leaves with its supervisor', async () => {
    const { appUrl } = await startPostgres();
    const child = launch({ DATABASE_URL: appUrl, BATON_PROFILE: 'demo', BATON_SUPERVISED: '1' });
    await addressOf(child);
    const exited = exitOf(child);
    child.disconnect();

    expect(await exited).toBe(0);
  });
});
