import { z } from 'zod';
import { Variables } from './variables.js';

/** For everybody who waits for it now, and for every process that starts by it. It is not kept. */
export const ThrowSignalRequest = z.strictObject({ name: z.string().min(1).max(255), variables: Variables.default({}) });
export type ThrowSignalRequest = z.input<typeof ThrowSignalRequest>;

/** How many subscriptions it reached, and how many instances it started. */
export const ThrownSignal = z.object({ reached: z.int(), started: z.int() });
export type ThrownSignal = z.infer<typeof ThrownSignal>;
