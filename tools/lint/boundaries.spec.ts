import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The lint rules hold the house together, so they are tested like code: each planted violation must turn lint red. */
const root = resolve(import.meta.dirname, '../..');

const violations: readonly (readonly [what: string, file: string, source: string, rule: RegExp])[] = [
  [
    'the engine imports a package',
    'libs/engine/src/planted.ts',
    "import { z } from 'zod';\nexport const a = z;",
    /imports nothing of ours and no package/,
  ],
  [
    'the engine imports a library of ours',
    'libs/engine/src/planted.ts',
    "import { pageOf } from '@baton/contracts';\nexport const a = pageOf;",
    /imports nothing of ours/,
  ],
  ['the engine reads a clock', 'libs/engine/src/planted.ts', 'export const a = Date.now();', /Date\.now/],
  ['the engine rolls dice', 'libs/engine/src/planted.ts', 'export const a = Math.random();', /Math\.random/],
  [
    'a library imports an app',
    'libs/runtime/src/planted.ts',
    "import { main } from '@baton/api';\nexport const a = main;",
    /runtime may import/,
  ],
  [
    'an app imports an app',
    'apps/cli/src/planted.ts',
    "import { main } from '@baton/api';\nexport const a = main;",
    /Nobody imports an app/,
  ],
  [
    'contracts import the engine',
    'libs/contracts/src/planted.ts',
    "import { step } from '@baton/engine';\nexport const a = step;",
    /Contracts are a leaf/,
  ],
  [
    'formats touch the file system',
    'libs/bpml/src/planted.ts',
    "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;",
    /read in the browser too/,
  ],
  [
    'the web app imports the runtime',
    'apps/designer/src/planted.ts',
    "import { Runtime } from '@baton/runtime';\nexport const a = Runtime;",
    /web app talks to the API only/,
  ],
  [
    'the worker imports the database client of the api',
    'apps/worker/src/planted.ts',
    "import { PrismaClient } from '@baton/prisma';\nexport const a = PrismaClient;",
    /worker hosts the runtime/,
  ],
  ['any as glue', 'libs/sdk/src/planted.ts', 'export const a = (b: any) => b;', /no-explicit-any/],
  ['code from text', 'libs/expressions/src/planted.ts', "export const a = eval('1');", /no-eval/],
];

let house: string;
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'baton-lint-'));
  cpSync(join(root, '.oxlintrc.json'), join(house, '.oxlintrc.json'));
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

function lint(file: string, source: string): string {
  const path = join(house, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
  try {
    execFileSync(join(root, 'node_modules/.bin/oxlint'), ['--deny-warnings', '.'], { cwd: house, encoding: 'utf8', stdio: 'pipe' });
    return 'clean';
  } catch (error) {
    return String((error as { stdout: unknown }).stdout);
  } finally {
    rmSync(path);
  }
}

describe('import boundaries', () => {
  it.each(violations)('turn lint red when %s', (_what, file, source, rule) => {
    expect(lint(file, source)).toMatch(rule);
  });

  it('leave a well-behaved file alone', () => {
    expect(lint('libs/engine/src/planted.ts', "import { a } from './b.js';\nexport const c = a;")).toBe('clean');
  });
});
