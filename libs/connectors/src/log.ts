import { z } from 'zod';
import type { Connector } from './connector.js';

const headers = z.object({
  /** The line to write; default: the effect key alone. */
  message: z.string().max(1000).optional(),
});

/** Writes one line to the worker's log: that this step was reached, and for which activity. */
export const log: Connector = {
  type: 'log',
  headers,
  run(job, context) {
    const { message = 'reached' } = headers.parse(job.headers);
    context.log(`${job.effectKey}: ${message}`);
    return {};
  },
};
