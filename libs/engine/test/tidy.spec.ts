import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The few things no linter sees. */
const src = join(import.meta.dirname, '../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const sources = files.filter((file) => !file.endsWith('.spec.ts'));
const textOf = (file: string) => readFileSync(join(src, file), 'utf8');

describe('the engine', () => {
  it.each(files.filter((file) => /^behaviors\/[^.]+\.ts$/.test(file)))('%s has a spec beside it', (file) => {
    expect(files).toContain(file.replace(/\.ts$/, '.spec.ts'));
  });

  it('has one behavior file per element kind', () => {
    const kinds = [...`${textOf('model.ts')}${textOf('model/activity.ts')}`.matchAll(/readonly kind: ([^;]+);/g)].flatMap(([, union]) =>
      [...union!.matchAll(/'(\w+)'/g)].map(([, kind]) => kind!),
    );
    const elementKinds = kinds.filter((kind) => /(Task|Event|Gateway|Process|Activity)$|^task$/.test(kind));
    const names = sources.flatMap((file) => /^behaviors\/([^.]+)\.ts$/.exec(file)?.[1] ?? []);

    expect(elementKinds).toHaveLength(20);
    expect(elementKinds.map((kind) => kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)).sort()).toEqual(names.sort());
  });

  it('handles every event in apply, and has no default to hide one', () => {
    const types = [...textOf('event.ts').matchAll(/readonly type: '(\w+)'/g)].map(([, type]) => type!);
    const apply = textOf('apply.ts');

    expect(types.length).toBeGreaterThan(25);
    expect(types.filter((type) => !apply.includes(`case '${type}'`))).toEqual([]);
    expect(apply).not.toContain('default:');
  });

  it('changes state nowhere but in apply', () => {
    const writes = /\binstance\.[a-zA-Z]+(?:\[[^\]]+\])?!?(?:\.[a-zA-Z]+)* (?:[-+|&?]{0,2}=) |delete (?:this\.|run\.)?instance/;
    // The upcaster builds states of its own from older ones.
    const mayWrite = (file: string) => file === 'apply.ts' || file.startsWith('apply/') || file === 'upcast.ts';
    expect(sources.filter((file) => !mayWrite(file) && writes.test(textOf(file)))).toEqual([]);
    expect(writes.test(textOf('apply.ts'))).toBe(true);
  });

  it('imports nothing from outside itself', () => {
    const foreign = sources.flatMap((file) =>
      [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)]
        .map(([, path]) => path!)
        .filter((path) => !/^\.\.?\//.test(path))
        .map((path) => `${file}: ${path}`),
    );
    const outside = sources.flatMap((file) => (/from '(\.\.\/)+(testing|test|dist|libs|apps)/.test(textOf(file)) ? [file] : []));

    expect(foreign).toEqual([]);
    expect(outside).toEqual([]);
  });

  it('asks the world nothing: no clock, no chance, no I/O', () => {
    const world =
      /\b(?:Date\.|new Date|Math\.random|performance\.|crypto\.|setTimeout|setInterval|queueMicrotask|fetch\(|console\.|globalThis|process\.env)/;
    const code = (file: string) => textOf(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');

    expect(sources.filter((file) => world.test(code(file)))).toEqual([]);
  });

  it('has no two tests of one name in a file', () => {
    const repeated = files
      .filter((file) => file.endsWith('.spec.ts'))
      .flatMap((file) => {
        const names = [...textOf(file).matchAll(/^\s*(?:describe|it)(?:\.each.*)?\(\s*'([^']+)'/gm)].map(([, name]) => name!);
        return names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${file}: ${name}`);
      });

    expect(repeated).toEqual([]);
  });
});
