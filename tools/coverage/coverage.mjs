import { readFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * The table of `docs/coverage.md`: feature id → the tests that prove it.
 *
 * A test names its features in a comment line `Features: E-01, E-02`. Nothing is listed that no test names.
 *
 * @param {string} root the checkout
 * @returns {string} the page, as Markdown
 * @throws {Error} when a test names an id that the inventory does not have
 */
export function coveragePage(root) {
  const titles = JSON.parse(readFileSync(join(root, 'tools/coverage/features.json'), 'utf8'));
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.spec.ts', '*.e2e.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  /** @type {Map<string, string[]>} */
  const testsById = new Map();
  for (const file of files.split('\n').filter(Boolean).sort()) {
    const ids =
      readFileSync(join(root, file), 'utf8')
        .match(/Features: ([A-Z]+-\d\d(?:, [A-Z]+-\d\d)*)/)?.[1]
        ?.split(', ') ?? [];
    for (const id of ids) {
      if (!(id in titles)) throw new Error(`${file} names the feature ${id}, which tools/coverage/features.json does not have.`);
      testsById.set(id, [...(testsById.get(id) ?? []), file]);
    }
  }
  const rows = Object.keys(titles)
    .filter((id) => testsById.has(id))
    .map(
      (id) =>
        `| ${id} | ${titles[id]} | ${testsById
          .get(id)
          ?.map((file) => `[${file}](../${file})`)
          .join('<br>')} |`,
    );
  return [
    '# Coverage',
    '',
    'Which tests prove which feature, made by `node tools/coverage/main.mjs` from the `Features:` lines of the tests. A feature that no test names is not here.',
    'A row means that the feature has been begun and what stands is proven; the tests say how far it goes.',
    '',
    `${rows.length} of ${Object.keys(titles).length} features of the inventory have a test.`,
    '',
    '| id | feature | tests |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
