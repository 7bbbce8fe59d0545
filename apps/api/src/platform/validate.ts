import type { z } from 'zod';
import { AppError } from '@baton/contracts';
import type { ProblemDetail } from '@baton/contracts';
import { validationFailed } from './problems.js';

/** Codes of their own for single values, by JSON pointer: `{ '/limit': 'page-size' }`. */
export type CodeByPointer = Readonly<Record<string, string>>;

/**
 * Check a value that is already plain data.
 *
 * @throws AppError `unknown-property` (422) when it has properties nobody asked for, else the code of the first wrong value:
 *         its own, or `validation-failed` (422). Every finding is listed with a JSON pointer.
 */
export function validate<Schema extends z.ZodType>(schema: Schema, value: unknown, codes: CodeByPointer = {}): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(findings).map((finding) => ({ ...finding, code: codes[finding.pointer] ?? finding.code }));
  const special = errors.find(({ code }) => code !== 'validation-failed' && code !== 'unknown-property');
  if (special) throw new AppError(special.code, 422, `The value at ${special.pointer} is not allowed: ${special.message}`, errors);
  if (errors.every(({ code }) => code === 'validation-failed')) throw validationFailed(errors);
  throw new AppError('unknown-property', 422, 'The request has properties that do not exist here. Leave them out; see `errors`.', errors);
}

function findings(issue: z.core.$ZodIssue): (ProblemDetail & { pointer: string })[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'unknown-property',
      message: `There is no property ${JSON.stringify(key)} here.`,
      pointer: pointer([...issue.path, key]),
    }));
  }
  return [{ code: 'validation-failed', message: issue.message, pointer: pointer(issue.path) }];
}

/** JSON pointer (RFC 6901) of a path into the body. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
