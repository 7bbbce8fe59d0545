import { z } from 'zod';

/** One server-sent event of `GET /api/v1/live`: what changed; the reader fetches it under its own rights. */
export const LiveChange = z.object({
  topic: z.enum(['process-instance', 'user-task', 'process-definition', 'incident']),
  id: z.string(),
  processInstanceId: z.string().optional(),
});
export type LiveChange = z.infer<typeof LiveChange>;
