import type { Variables } from '@baton/engine';
import { invalid } from '../exit.js';
import { parseJson, readInput } from '../variables-option.js';

/** One entry of the `--messages` file: for one receiver, or a signal for everybody who waits. */
export interface Message {
  readonly type: 'message' | 'signal';
  readonly name: string;
  readonly variables: Variables;
  readonly correlationKey?: string;
}

/** @throws InputInvalid naming the entry. */
export function readMessages(path: string): readonly Message[] {
  const entries = parseJson(readInput(path, '--messages'), `--messages ${path}`);
  if (!Array.isArray(entries)) throw invalid('messages-invalid', '--messages must be a JSON list.', { file: path });
  return entries.map((entry: unknown, index) => {
    const wrong = (what: string) => invalid('messages-invalid', `Entry ${index + 1}: ${what}`, { file: path });
    if (typeof entry !== 'object' || entry === null) throw wrong('an object is expected.');
    const { type, name, variables = {}, correlationKey } = entry as Record<string, unknown>;
    if (type !== 'message' && type !== 'signal') throw wrong('"type" must be "message" or "signal".');
    if (typeof name !== 'string' || name === '') throw wrong('"name" is missing.');
    if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) throw wrong('"variables" must be an object.');
    if (type === 'signal' && correlationKey !== undefined) throw wrong('a signal has no "correlationKey": everybody who waits gets it.');
    if (correlationKey !== undefined && typeof correlationKey !== 'string') throw wrong('"correlationKey" must be text.');
    return { type, name, variables: variables as Variables, ...(correlationKey !== undefined && { correlationKey }) };
  });
}
