import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bpmnCoveragePage } from './bpmn.mjs';
import { coveragePage } from './coverage.mjs';

const root = resolve(import.meta.dirname, '../..');
writeFileSync(join(root, 'docs/coverage.md'), coveragePage(root));
writeFileSync(join(root, 'docs/bpmn-coverage.md'), bpmnCoveragePage(root));
