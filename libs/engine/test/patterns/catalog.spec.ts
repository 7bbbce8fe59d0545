import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Features: M-19

/** The page that says which pattern is supported how. */
const page = readFileSync(join(import.meta.dirname, '../../../../docs/explanation/workflow-patterns.md'), 'utf8');

interface Row {
  readonly pattern: string;
  readonly verdict: string;
  readonly file: string;
}

const rows: readonly Row[] = [...page.matchAll(/^\| (\d+) +\| ([^|]+?) +\| ([^|]+?) +\|.*\| \[[^\]]+\]\(([^)]+)\) +\|$/gm)].map(
  ([, number, name, verdict, link]) => ({
    pattern: `WCP-${number!.padStart(2, '0')} ${name}`,
    verdict: verdict!,
    file: link!.split('/').at(-1)!,
  }),
);

const tests: readonly Pick<Row, 'pattern' | 'file'>[] = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.spec.ts'))
  .flatMap((file) =>
    [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/^ {2}it\('(WCP-\d\d [^:]+):/gm)].map(([, pattern]) => ({
      pattern: pattern!,
      file,
    })),
  );

describe('the workflow patterns', () => {
  it('are the 43 of the revised catalog, each with one test', () => {
    const numbers = tests.map(({ pattern }) => Number(pattern.slice(4, 6)));

    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 43 }, (_, index) => index + 1));
  });

  it('stand on the page under the same numbers and names, each with a link to its test', () => {
    const byName = (a: Pick<Row, 'pattern'>, b: Pick<Row, 'pattern'>) => a.pattern.localeCompare(b.pattern);

    expect(rows.map(({ pattern, file }) => ({ pattern, file })).toSorted(byName)).toEqual(tests.toSorted(byName));
  });

  it('have verdicts that add up to what the page says in its first lines', () => {
    const count = (verdict: string) => rows.filter((row) => row.verdict === verdict).length;

    expect(page).toContain(`${count('directly')} of them are supported directly, ${count('by a construction')} by a construction`);
    expect(count('directly') + count('by a construction')).toBe(43);
  });
});
