import type { Variables } from '@baton/engine';
import { checkVariables } from './check-variables.js';
import { parseJson } from './parse-json.js';

/**
 * Variables as they come in at any door: JSON text, or a value somebody parsed already.
 *
 * @throws AppError with the codes of `parseJson` and `checkVariables`; the pointers count from the variables' own object.
 */
export function parseVariables(input: string | unknown): Variables {
  return checkVariables(typeof input === 'string' ? parseJson(input, 'document') : input);
}
