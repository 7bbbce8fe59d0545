import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { bpmnCoveragePage } from './bpmn.mjs';

const root = resolve(import.meta.dirname, '../..');

it('docs/bpmn-coverage.md says what the tests say (else run node tools/coverage/main.mjs)', () => {
  expect(readFileSync(join(root, 'docs/bpmn-coverage.md'), 'utf8')).toBe(bpmnCoveragePage(root));
});
