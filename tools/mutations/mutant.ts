import path from 'node:path';
import type { Plugin } from 'vitest/config';
import type { Fault } from './faults.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Plays one deliberate fault: Vite's view of a single file is changed; nothing on disk is. */
export function mutant({ file, find, replace }: Pick<Fault, 'file' | 'find' | 'replace'>): Plugin {
  return {
    name: 'mutant',
    enforce: 'pre',
    transform(code, id) {
      if (id.split('?')[0] !== path.join(root, file)) return null;
      if (code.split(find).length !== 2) throw new Error(`“${find}” must occur exactly once in ${file}.`);
      return { code: code.replace(find, () => replace), map: null };
    },
  };
}
