import { readFileSync } from 'node:fs';
import type { Variables } from '@baton/engine';
import { invalid } from './exit.js';

/** The value of `--vars`: a JSON object, or `@file` with one. @throws InputInvalid */
export function parseVariables(text: string, option = '--vars'): Variables {
  const value = parseJson(text.startsWith('@') ? readInput(text.slice(1), option) : text, option);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('json-not-object', `${option} must be a JSON object such as {"amount": 1200}.`);
  return value as Variables;
}

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid('json-malformed', `${what} is not JSON: ${(error as Error).message}`);
  }
}

/** @throws InputInvalid `file-not-found` … */
export function readInput(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw invalid('file-not-found', `${what}: there is no such file.`, { file: path });
    throw invalid('file-unreadable', `${what}: the file cannot be read (${code ?? 'unknown reason'}).`, { file: path });
  }
}
