import { z } from 'zod';

/** Named JSON values. Depth, size, numbers and text are checked by `parseVariables` in the runtime, at every door. */
export const Variables = z.record(z.string(), z.json());
export type Variables = z.infer<typeof Variables>;
