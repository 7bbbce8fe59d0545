import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSecrets } from './secrets.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'baton-secrets-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('makes secrets up once, long and different, for our eyes only', () => {
  const made = readSecrets(folder);

  expect(new Set(Object.values(made)).size).toBe(6);
  expect(Object.values(made).every((secret) => Buffer.byteLength(secret) >= 32)).toBe(true);
  expect(readSecrets(folder)).toEqual(made);
  expect(statSync(join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('says which secret a damaged file lacks', () => {
  writeFileSync(join(folder, 'secrets.json'), JSON.stringify({ ...readSecrets(folder), engine: undefined }));
  chmodSync(join(folder, 'secrets.json'), 0o600);

  expect(() => readSecrets(folder)).toThrow(/lacks "engine"/);
});
