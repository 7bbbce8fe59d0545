import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What a package imports it declares, and what it declares it imports: otherwise a move breaks it, or a newcomer installs dead weight. */
const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly name: string;
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => /\.(ts|tsx|mjs|css)$/.test(file) && existsSync(join(root, file)));
const packages = [...new Set(files.flatMap((file) => /^(?:(?:apps|libs)\/[^/]+|prisma)(?=\/)/.exec(file)?.[0] ?? []))];

/** Used without an import of ours: by a framework, a build, or as types. */
const UNSEEN = new Set([
  '@types/node',
  '@types/pg',
  '@types/react',
  '@types/react-dom',
  'prisma',
  '@prisma/client',
  'rxjs',
  'ioredis',
  '@nestjs/platform-fastify',
]);

const IMPORT = /(?:from|import|import\(|@import)\s*['"]([^'".][^'"]*)['"]/g;
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function importsOf(folder: string, which: (file: string) => boolean): Set<string> {
  const own = files.filter((file) => file.startsWith(`${folder}/`) && which(file));
  const found = own.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(IMPORT)].map(([, specifier]) => packageOf(specifier!)),
  );
  return new Set(found.filter((name) => !name.startsWith('node:') && !name.startsWith('vite/') && /^[@a-z]/.test(name)));
}

const isTest = (file: string) => /\.spec\.ts$|\.e2e\.ts$|\/test\/|vite\.config/.test(file);
const rootManifest = manifestOf('.');

describe.each(packages)('%s', (folder) => {
  const { name, dependencies = {}, devDependencies = {} } = manifestOf(folder);
  const shipped = importsOf(folder, (file) => !isTest(file));
  const tested = importsOf(folder, isTest);

  it('declares what it imports', () => {
    const missing = [...shipped].filter((imported) => imported !== name && !(imported in dependencies));
    expect(missing).toEqual([]);
  });

  it('declares for its tests what only they import', () => {
    const known = { ...dependencies, ...devDependencies, ...rootManifest.devDependencies };
    expect([...tested].filter((imported) => imported !== name && !(imported in known))).toEqual([]);
  });

  it('imports what it declares', () => {
    const unused = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (declared) => !shipped.has(declared) && !tested.has(declared) && !UNSEEN.has(declared),
    );
    expect(unused).toEqual([]);
  });
});
