import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';

const suites = process.env['SUITES_DIR'] ?? '../shared/suites';

/** Files of a public suite; none when the suites are not there (see `SUITES_DIR`). */
export function suiteFiles(folder: string, extension: string): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  const path = resolve(suites, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path)
    .filter((name) => name.endsWith(extension))
    .map((name) => ({ name, bytes: readFileSync(resolve(path, name)) }));
}

export function exampleFile(name: string): string {
  return readFileSync(new URL(`../../../examples/${name}`, import.meta.url), 'utf8');
}
