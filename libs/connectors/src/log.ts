import { z } from 'zod';
import type { Connector } from './connector.js';

const schema = z.object({
  /** The text; `{name}` is replaced by the variable of that name. */
  message: z.string().max(1000).default('reached'),
});

/**
 * Writes one line to the log: the effect key, by which a repeated line is recognized, and the message.
 *
 * Variables appear only where the message names them: they may be personal data.
 */
export const log: Connector = {
  type: 'log',
  schema,
  async run({ headers, variables, effectKey }, context) {
    const { message } = schema.parse(headers);
    const text = message.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) =>
      Object.hasOwn(variables, name) ? textOf(variables[name]) : whole,
    );
    const write = context.log ?? ((line: string) => console.error(line));
    write(`${effectKey}: ${text}`);
    return {};
  },
};

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
