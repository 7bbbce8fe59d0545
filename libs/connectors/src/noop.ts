import { z } from 'zod';
import type { Connector } from './connector.js';

/** Does nothing, successfully: for steps that are drawn before they are built, and for benchmarks. */
export const noop: Connector = {
  type: 'noop',
  schema: z.object({}),
  run: () => Promise.resolve({}),
};
