// Records golden histories of the engine as it is now, into libs/engine/test/golden/v<version>/:
//
//     node tools/golden/record.mjs
//
// Deterministic: played twice, the files are the same, byte for byte. Histories of a released version are never
// recorded again, for instances of that version are stored somewhere; a test replays them for ever.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { runnerImport } from 'vite';

const here = join(import.meta.dirname, '../../libs/engine/test/golden');
const load = async (file) => {
  const conditions = ['@baton/source', 'node'];
  const { module } = await runnerImport(join(here, file), {
    configFile: false,
    logLevel: 'error',
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    oxc: { target: 'es2023' },
    environments: { inline: { resolve: { conditions, noExternal: true } } },
  });
  return module;
};

const { record } = await load('record.ts');
const goldens = record();
const [{ version }] = goldens.values();
const folder = join(here, `v${version}`);
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!goldens.has(file.replace(/\.json$/, ''))) rmSync(join(folder, file));
for (const [name, golden] of goldens) {
  const path = join(folder, `${name}.json`);
  const options = await prettier.resolveConfig(path);
  writeFileSync(path, await prettier.format(JSON.stringify(golden), { ...options, parser: 'json' }));
}
process.stdout.write(`${goldens.size} histories in ${folder}\n`);
