import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { coveragePage } from './coverage.mjs';

const root = resolve(import.meta.dirname, '../..');
writeFileSync(join(root, 'docs/coverage.md'), coveragePage(root));
