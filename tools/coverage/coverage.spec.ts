import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { coveragePage } from './coverage.mjs';

const root = resolve(import.meta.dirname, '../..');

it('docs/coverage.md says what the tests say (else run node tools/coverage/main.mjs)', () => {
  expect(readFileSync(join(root, 'docs/coverage.md'), 'utf8')).toBe(coveragePage(root));
});
