import type { HistoryStep } from '@baton/contracts';
import { apply, newInstance } from '@baton/engine';
import type { Event, Instance } from '@baton/engine';
import { framesOf } from './frames.js';

/** An instance as it was right after one event. */
export interface Moment {
  /** The events up to and with that one. */
  readonly events: readonly Event[];
  readonly instance: Instance;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
}

/**
 * The instance as it was right after the event with number `index`, counted from 0.
 *
 * The history is the state: folding its beginning with the engine's own `apply` gives the stored state of that moment,
 * tokens and variables included. Before the first event, nothing is there yet; past the last, it is the newest.
 */
export function stateAt(steps: readonly HistoryStep[], index: number): Moment {
  const frames = framesOf(steps).filter(({ sequence }) => sequence <= index);
  const events = frames.map(({ event }) => event);
  return { events, instance: events.reduce(apply, newInstance()), at: frames.at(-1)?.at ?? 0 };
}
