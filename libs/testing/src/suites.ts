import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Where a public suite lies: `SUITES_DIR`, from the project's root. The suites are not part of this repository. */
export function suite(name: string): string {
  return resolve(ROOT, process.env['SUITES_DIR'] ?? '../shared/suites', name);
}

/** Why tests on a suite skip here, or null when it is there. */
export function suiteMissing(name: string): string | null {
  return existsSync(suite(name)) ? null : `no ${name} suite at ${suite(name)} (set SUITES_DIR)`;
}
