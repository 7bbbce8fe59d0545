import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { faults } from '../mutations/faults.js';

// Features: E-01, E-02

const root = path.resolve(import.meta.dirname, '../..');

interface Report {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
  }[];
}

describe('a deliberate fault turns its test red', () => {
  it.each(faults)('$file: “$find” → “$replace”', (fault) => {
    const { file, find, replace, spec, redTest } = fault;
    const folder = mkdtempSync(path.join(os.tmpdir(), 'baton-mutant-'));
    const output = path.join(folder, 'report.json');
    try {
      const escaped = redTest.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
      const run = spawnSync(
        process.execPath,
        [
          path.join(root, 'node_modules/vitest/vitest.mjs'),
          'run',
          '--project',
          'unit',
          '--reporter=json',
          `--outputFile=${output}`,
          '-t',
          escaped,
          spec,
        ],
        {
          cwd: root,
          encoding: 'utf8',
          env: { ...process.env, FAULT: JSON.stringify({ file, find, replace }), VITEST_FS_MODULE_CACHE: 'false' },
        },
      );
      expect(existsSync(output), run.stderr).toBe(true);
      const { testResults } = JSON.parse(readFileSync(output, 'utf8')) as Report;
      const ran = testResults
        .flatMap(({ assertionResults }) => assertionResults)
        .filter(({ status }) => status !== 'skipped' && status !== 'pending');
      expect(ran, testResults.map(({ message }) => message).join('\n')).toEqual([
        expect.objectContaining({ title: redTest, status: 'failed' }),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
