import { EVENT_VERSION, upcastEvent, upcastState } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import { decode, formatOf } from './codec.js';

/** A stored state as today's engine knows it, whichever release wrote it. */
export function readState(bytes: Uint8Array): Instance {
  return upcastState(decode(bytes), formatOf(bytes));
}

/**
 * The events of one stored step as today's engine knows them. What an old release told with an event that is gone gives none, so
 * there may be fewer than the step's `count`.
 */
export function readEvents({ version, events }: { readonly version: number; readonly events: Uint8Array }): readonly Event[] {
  const stored = decode<readonly Event[]>(events);
  return version === EVENT_VERSION ? stored : stored.flatMap((event) => upcastEvent(event, version));
}
