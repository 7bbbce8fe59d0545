import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const MATRIX = 'libs/engine/test/event-matrix.spec.ts';
const MARKS = { '✓': '✓', '✗': 'refused', '≈': 'as its neighbor', '–': '' };

/** @typedef {{ readonly deviation?: string, readonly decision?: string }} Row */

/**
 * The page `docs/bpmn-coverage.md`: every element of BPMN in every position, with the test that shows it and
 * where it differs from the standard.
 *
 * The rows stand in `bpmn.json`. A test names those it shows in comment lines `Covers: inclusive gateway / join`;
 * a spec beside a behavior covers the element it is called after. A row without a test is red. The triggers of events
 * come from the table in the matrix test, which fires every cell of it.
 *
 * @param {string} root the checkout
 * @returns {string} the page, as Markdown
 * @throws {Error} when a test names a row, or a row a decision, that does not exist
 */
export function bpmnCoveragePage(root) {
  /** @type {Record<string, Record<string, Row>>} */
  const areas = JSON.parse(readFileSync(join(root, 'tools/coverage/bpmn.json'), 'utf8'));
  const tests = testsByRow(root, new Set(Object.values(areas).flatMap((rows) => Object.keys(rows))));
  const all = Object.values(areas).flatMap((rows) => Object.keys(rows));
  const red = all.filter((name) => !tests.has(name)).length;
  const { table, fired } = eventMatrix(root);
  return [
    '# BPMN coverage',
    '',
    'What runs, and which test shows it. Made by `node tools/coverage/main.mjs` from `tools/coverage/bpmn.json` and the `Covers:` lines of the tests.',
    `${all.length - red} of ${all.length} rows have a test${red === 0 ? '' : `; **${red} have none** and are red`}. What the standard leaves open is decided in [0015](decisions/${decisionFile(root, '0015')}).`,
    '',
    ...Object.entries(areas).flatMap(([area, rows]) => [
      `## ${capital(area)}`,
      '',
      '| element | position | test | deviation |',
      '| --- | --- | --- | --- |',
      ...Object.entries(rows).map(([name, row]) => line(root, name, row, tests.get(name))),
      '',
    ]),
    '## Triggers of events',
    '',
    `Each of the ${fired} cells marked ✓ or _as its neighbor_ really fires in [${MATRIX}](../${MATRIX}); each _refused_ one is refused by \`compile\`.`,
    '_As its neighbor_: not in the standard, and taken for the allowed event beside it (an error always interrupts). Empty: no model can say it.',
    '',
    ...table,
    '',
  ].join('\n');
}

/**
 * @param {string} root
 * @param {string} name
 * @param {Row} row
 * @param {string[] | undefined} files
 * @returns {string} one row
 */
function line(root, name, { deviation = '', decision }, files) {
  const [element, position = ''] = name.split(' / ');
  const test = files === undefined ? '🔴 none' : files.map((file) => `[${basename(file)}](../${file})`).join('<br>');
  const reason = decision === undefined ? '' : ` ([${decision}](decisions/${decisionFile(root, decision)}))`;
  return `| ${element} | ${position} | ${test} | ${deviation}${reason} |`;
}

/** @returns {Map<string, string[]>} row → the tests that show it */
function testsByRow(root, names) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.spec.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const files = listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));
  /** @type {Map<string, string[]>} */
  const tests = new Map();
  for (const file of files.sort()) {
    const named = [...readFileSync(join(root, file), 'utf8').matchAll(/^\/\/ Covers: (.+)$/gm)].map(([, name]) => name ?? '');
    const unknown = named.find((name) => !names.has(name));
    if (unknown !== undefined) throw new Error(`${file} covers “${unknown}”, which tools/coverage/bpmn.json does not have.`);
    const [, behavior] = /^libs\/engine\/src\/behaviors\/(.+)\.spec\.ts$/.exec(file) ?? [];
    const own = behavior?.replaceAll('-', ' ') ?? '';
    for (const name of new Set([...named, ...(names.has(own) ? [own] : [])])) tests.set(name, [...(tests.get(name) ?? []), file]);
  }
  return tests;
}

/** The table of the matrix test, in words. */
function eventMatrix(root) {
  const source = readFileSync(join(root, MATRIX), 'utf8');
  const [, text = ''] = /const MATRIX = `\n([^`]+)`/.exec(source) ?? [];
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const print = (/** @type {string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return {
    table: [
      print(head),
      print(head.map(() => '---')),
      ...rows.map(([trigger = '', ...marks]) => print([trigger, ...marks.map((mark) => MARKS[mark])])),
    ],
    fired: rows.flat().filter((mark) => mark === '✓' || mark === '≈').length,
  };
}

/** @returns {string} the file of a decision record @throws {Error} when there is none */
function decisionFile(root, number) {
  const found = readdirSync(join(root, 'docs/decisions')).find((file) => file.startsWith(`${number}-`));
  if (found === undefined) throw new Error(`tools/coverage/bpmn.json names the decision ${number}, which does not exist.`);
  return found;
}

function capital(/** @type {string} */ text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
