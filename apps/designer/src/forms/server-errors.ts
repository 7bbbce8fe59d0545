import { BatonProblem } from '@baton/sdk';
import type { ErrorSchema } from '@rjsf/utils';
import type { FormData } from './schema.js';

/**
 * What the server found wrong, by field; `undefined` when it found nothing that has a field here.
 *
 * Pointers lead into the request body, where values stand under `/variables`.
 */
export function serverErrors(error: unknown, fields: readonly string[]): ErrorSchema<FormData> | undefined {
  if (!(error instanceof BatonProblem)) return undefined;
  const messages = new Map<string, string[]>();
  for (const { pointer, message } of error.errors) {
    const names = (pointer ?? '').split('/').slice(1).map(unescaped);
    const field = names[0] === 'variables' ? names[1] : names[0];
    if (field === undefined || !fields.includes(field)) return undefined;
    messages.set(field, [...(messages.get(field) ?? []), message]);
  }
  if (messages.size === 0) return undefined;
  return Object.fromEntries([...messages].map(([field, texts]) => [field, { __errors: texts }])) as ErrorSchema<FormData>;
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}
