import { z } from 'zod';
import { Variables } from './variables.js';

/** Published to one instance by name and key. The same `messageId` within its life is accepted once. */
export const PublishMessageRequest = z.strictObject({
  name: z.string().min(1).max(255),
  correlationKey: z.string().max(255).nullable().default(null),
  messageId: z.string().min(1).max(255).optional(),
  timeToLiveMs: z
    .int()
    .min(0)
    .max(31 * 86_400_000)
    .default(0),
  variables: Variables.default({}),
});
export type PublishMessageRequest = z.input<typeof PublishMessageRequest>;

export const PublishedMessage = z.object({ id: z.uuid(), messageId: z.string() });
export type PublishedMessage = z.infer<typeof PublishedMessage>;
