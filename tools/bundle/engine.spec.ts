import { join, resolve } from 'node:path';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

// Features: E-24

const root = resolve(import.meta.dirname, '../..');
/** What every page that runs processes loads. */
const GZIP_KB_MAX = 60;
/** Smaller than this, something is shaken out that is needed. */
const GZIP_KB_MIN = 10;

/** Bundle an entry for the browser, the way the web app is bundled. @returns its only file, which puts its exports into `engine` */
async function bundle(entry: string) {
  const name = 'virtual:entry';
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: {
      conditions: ['@baton/source', ...defaultClientConditions],
      alias: { '@baton/engine': join(root, 'libs/engine/src/index.ts') },
    },
    plugins: [{ name: 'entry', resolveId: (id) => (id === name ? id : undefined), load: (id) => (id === name ? entry : undefined) }],
    build: {
      write: false,
      minify: true,
      target: 'es2023',
      modulePreload: false,
      rollupOptions: { input: name, preserveEntrySignatures: 'strict', output: { format: 'iife', name: 'engine' } },
    },
  });
  const outputs = [result].flat().flatMap((one) => ('output' in one ? one.output : []));
  const [only, ...others] = outputs.filter((output) => output.type === 'chunk');
  expect(others).toEqual([]);
  return only!;
}

describe('the engine in a browser', () => {
  let chunk: Awaited<ReturnType<typeof bundle>>;

  beforeAll(async () => {
    chunk = await bundle(`export { compile, step, apply, newInstance } from '@baton/engine';`);
  });

  it(`is at most ${GZIP_KB_MAX} kB, minified and compressed`, () => {
    const kilobytes = gzipSync(chunk.code).byteLength / 1000;
    console.log(`engine bundle: ${(chunk.code.length / 1000).toFixed(1)} kB minified, ${kilobytes.toFixed(1)} kB gzip`);

    expect(kilobytes).toBeLessThanOrEqual(GZIP_KB_MAX);
    expect(kilobytes).toBeGreaterThan(GZIP_KB_MIN);
  });

  it('imports nothing, least of all from Node', () => {
    const modules = Object.keys(chunk.modules).map((id) => id.replace(root, ''));

    expect(modules.filter((id) => !id.startsWith('/libs/engine/src/') && id !== 'virtual:entry' && !id.startsWith('\0rolldown'))).toEqual(
      [],
    );
    expect([chunk.imports, chunk.dynamicImports]).toEqual([[], []]);
    // Rather than the code itself: a failure need not print all of it.
    expect(/["'`]node:|__vite-browser-external|\brequire\(/.exec(chunk.code)?.[0]).toBeUndefined();
  });

  it('runs a process where there is nothing but the language', () => {
    const play = `
      const none = { type: 'none' };
      const model = {
        id: 'p', executable: true,
        elements: [{ kind: 'startEvent', id: 'start', event: none }, { kind: 'userTask', id: 'ask' }, { kind: 'endEvent', id: 'end', event: none }],
        flows: [{ id: 'f1', source: 'start', target: 'ask' }, { id: 'f2', source: 'ask', target: 'end' }],
      };
      const expressions = { compile: () => ({ evaluate: () => ({ value: null, reads: {}, warnings: [] }) }) };
      const process = engine.compile(model, { expressions });
      const started = engine.step(process, engine.newInstance(), { type: 'start', at: 0, variables: {} });
      const [ask] = started.instance.elements;
      const done = engine.step(process, started.instance, { type: 'completeUserTask', at: 1, key: ask.key, variables: {} });
      [...started.events, ...done.events].map(({ type }) => type).join(' ');`;

    expect(runInNewContext(`${chunk.code}\n{${play}}`)).toBe(
      'instanceStarted elementPassed elementActivated userTaskCreated timeAdvanced userTaskCompleted elementCompleted elementPassed instanceCompleted',
    );
  });
});
