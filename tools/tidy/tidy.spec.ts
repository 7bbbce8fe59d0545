import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testTitles } from './test-titles.js';

/** What no linter sees. Each rule lists every place that breaks it, so that one run is enough to mend them all. */
const root = resolve(import.meta.dirname, '../..');
const SLUG = '[a-z]+(?:-[a-z0-9]+)*';

const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter(
    (file) =>
      file !== '' &&
      file !== 'package-lock.json' &&
      !file.includes('/generated/') &&
      statSync(join(root, file), { throwIfNoEntry: false })?.isFile(),
  );
const texts = new Map(files.filter((file) => !/\.(png|ico|woff2?|jpe?g|gz)$/.test(file)).map((file) => [file, read(file)]));
const isTest = (file: string): boolean => /\.(spec|e2e)\.tsx?$/.test(file) || /(^|\/)test(ing)?\//.test(file);
const sources = [...texts].filter(([file]) => /\.(ts|tsx|js|mjs)$/.test(file) && !isTest(file));
const problemsPage = read('docs/reference/problems.md');
const configurationPage = read('docs/reference/configuration.md');

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map((match) => match[1]!);
}

describe('tests', () => {
  it('have a title of their own in their file', () => {
    const repeated = [...texts]
      .filter(([file]) => /\.(spec|e2e)\.tsx?$/.test(file))
      .flatMap(([file, text]) => repeats(testTitles(text)).map((title) => `${file}: ${title}`));
    expect(repeated).toEqual([]);
  });
});

describe('docs/reference/problems.md', () => {
  /** Where a code stands in the sources: given to an error, a finding or an incident, or declared as one a route answers with. */
  const places: readonly RegExp[] = [
    /new (?:AppError|Refusal|EvaluationFailed|ExpressionInvalid)\(\s*'(SLUG)'/,
    /\b(?:refuse|refuseAll|stop|problem|invalid|fail|finding)\(\s*'(SLUG)',/,
    /\breading\.(?:error|warn|info)\(\s*'(SLUG)',/,
    /\bcode(?::| =| \?\?) '(SLUG)'/,
    /'\/\w+': '(SLUG)'/,
    /\[(?:\d{3}, '(?=[^']*'\])|'(?=[^']*', '[A-Z]))(SLUG)'/,
    /^ {2}'(SLUG)': \d{3},$/m,
    /\bjuelInvalid\([^;]*'(SLUG)',?\s*\)/,
  ].map((pattern) => new RegExp(pattern.source.replace('SLUG', SLUG), `g${pattern.flags}`));
  const coded = sources.filter(([file]) => /^(libs\/\w+|apps\/(api|cli|worker))\/src\//.test(file));

  it('names every code in use', () => {
    const missing = coded.flatMap(([file, text]) => {
      const declared = found(text, /\b\d{3}: \[([^\]]*)\]/g).flatMap((list) => found(list, new RegExp(`'(${SLUG})'`, 'g')));
      const used = [...places.flatMap((place) => found(text, place)), ...declared];
      return [...new Set(used)].filter((code) => !problemsPage.includes(`\`${code}\``)).map((code) => `${file}: ${code}`);
    });
    expect(missing).toEqual([]);
  });

  it('names no code that nothing uses', () => {
    const all = coded.map(([, text]) => text).join('\n');
    const codes = found(problemsPage, new RegExp(`^\\| \`(${SLUG})\``, 'gm'));
    expect(codes.length).toBeGreaterThan(50);
    expect(codes.filter((code) => !all.includes(`'${code}'`))).toEqual([]);
  });
});

describe('docs/reference/configuration.md', () => {
  const ours = /\b((?:BATON|DATABASE|REDIS)_[A-Z]+(?:_[A-Z]+)*)\b/g;

  it('names every environment variable that is read', () => {
    const missing = [...texts]
      .filter(([file]) => /\.(ts|js|mjs)$/.test(file))
      .flatMap(([file, text]) => {
        const destructured = found(text, /\{([^{}]*)\} = (?:globalThis\.)?process\.env\b/g).flatMap((list) =>
          found(list, /\b([A-Z][A-Z0-9_]+)\b/g),
        );
        const used = [
          ...found(text, isTest(file) ? /\bprocess\.env\['(\w+)'/g : /\benv(?:\['|\.)(\w*[A-Z]\w*|npm_\w+)\b/g),
          ...destructured,
          ...(isTest(file) || file.startsWith('tools/tidy/') ? [] : found(text, ours)),
        ];
        return [...new Set(used)].filter((name) => !configurationPage.includes(`\`${name}\``)).map((name) => `${file}: ${name}`);
      });
    expect(missing).toEqual([]);
  });

  it('names no environment variable that nothing reads', () => {
    const all = sources.map(([, text]) => text).join('\n');
    const named = new Set(found(configurationPage, ours));
    expect([...named].filter((name) => !new RegExp(`\\b${name}\\b`).test(all))).toEqual([]);
  });
});

describe('pages', () => {
  it('link to files that exist', () => {
    const broken = [...texts]
      .filter(([file]) => file.endsWith('.md'))
      .flatMap(([file, text]) =>
        found(text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, ''), /\]\(([^)\s]+)\)/g)
          .filter((target) => !/^([a-z]+:|#)/.test(target))
          .filter((target) => !existsSync(resolve(root, dirname(file), decodeURI(target.split('#')[0]!))))
          .map((target) => `${file}: ${target}`),
      );
    expect(broken).toEqual([]);
  });
});

describe('files', () => {
  it("name no folder of somebody's machine", () => {
    const folder = /(?<![\w.@*}])\/(?:work|tmp\/baton|home\/\w+|Users\/\w+)\//;
    expect([...texts].filter(([, text]) => folder.test(text)).map(([file]) => file)).toEqual([]);
  });

  it('are called after what is in them', () => {
    const vague = /^(utils?|helpers?|common|misc|shared)(\.|$)/i;
    expect(files.filter((file) => file.split('/').some((part) => vague.test(part)) || /-(utils?|helpers?)\./.test(basename(file)))).toEqual(
      [],
    );
  });

  it('hold one concept: at most 400 lines of TypeScript', () => {
    const long = [...texts]
      .filter(([file]) => /\.tsx?$/.test(file) && !/\.(spec|e2e)\.tsx?$/.test(file))
      .map(([file, text]) => `${file}: ${text.split('\n').length - 1}`)
      .filter((line) => Number(line.split(': ')[1]) > 400);
    expect(long).toEqual([]);
  });
});

function repeats(items: readonly string[]): string[] {
  return [...new Set(items.filter((item, index) => items.indexOf(item) !== index))];
}
