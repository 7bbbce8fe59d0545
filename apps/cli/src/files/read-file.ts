import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { ImportRefused, detect, readBpmn, refuseFormat } from '@baton/bpml';
import type { ImportResult } from '@baton/bpml';
import { DmnInvalid, parseDmn } from '@baton/decisions';
import type { DmnModel } from '@baton/decisions';
import { InputInvalid, invalid } from '../exit.js';
import type { Finding } from '../exit.js';

/** A file as its reader understood it. */
export type ReadFile = { readonly path: string; readonly source: string } & (
  { readonly format: 'bpmn'; readonly result: ImportResult } | { readonly format: 'dmn'; readonly model: DmnModel }
);

/**
 * Read one process or decision file.
 *
 * @throws InputInvalid  when it cannot be read at all; what is wrong inside a readable process file stays in `result.issues`.
 */
export async function readProcessFile(path: string): Promise<ReadFile> {
  const bytes = readBytes(path);
  const source = bytes.toString('utf8');
  const format = detect(basename(path), source);
  try {
    if (format === 'bpmn') return { path, source, format, result: await readBpmn(bytes, { fileName: basename(path) }) };
    if (format === 'dmn') return { path, source, format, model: await parseDmn(source) };
    throw refuseFormat(format, basename(path));
  } catch (error) {
    throw new InputInvalid(findingsOf(error, path));
  }
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT'
      ? invalid('file-not-found', 'There is no such file.', { file: path })
      : invalid('file-unreadable', `The file cannot be read (${code ?? 'unknown reason'}).`, { file: path });
  }
}

function findingsOf(error: unknown, file: string): readonly Finding[] {
  if (error instanceof ImportRefused) {
    return error.issues.length > 0
      ? error.issues.map((issue) => ({ ...issue, file }))
      : [{ code: error.code, message: error.message, file }];
  }
  if (error instanceof DmnInvalid) return error.problems.map((problem) => ({ ...problem, file }));
  throw error;
}

/** The line an element begins in, from 1. */
export function lineOfElement(source: string, elementId: string | undefined): number | undefined {
  if (elementId === undefined) return undefined;
  const at = [`id="${elementId}"`, `id='${elementId}'`].map((attribute) => source.indexOf(attribute)).find((found) => found >= 0) ?? -1;
  return at < 0 ? undefined : source.slice(0, at).split('\n').length;
}
