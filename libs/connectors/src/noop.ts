import { z } from 'zod';
import type { Connector } from './connector.js';

/** Does nothing, at once. For drafts, benchmarks and tests. */
export const noop: Connector = {
  type: 'noop',
  headers: z.object({}),
  run: () => ({}),
};
