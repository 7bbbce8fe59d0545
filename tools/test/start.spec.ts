import { execFileSync, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const START = resolve(import.meta.dirname, '../start.mjs');
const start = (...args: string[]) => spawnSync(process.execPath, [START, ...args], { encoding: 'utf8' });

it('explains itself', () => {
  expect(execFileSync(process.execPath, [START, '--help'], { encoding: 'utf8' })).toMatch(/--reset[\s\S]*--port[\s\S]*DATABASE_URL/);
});

it.each([
  [['--prot', '1'], /--prot/],
  [['extra'], /extra/],
  [['--port', 'http'], /^--port is "http"/],
  [['--port', '0'], /^--port is "0"/],
])('refuses %j before it does anything', (args, message) => {
  const { status, stderr, stdout } = start(...args);

  expect(status).toBe(2);
  expect(stderr).toMatch(message);
  expect(stdout).toBe('');
});
