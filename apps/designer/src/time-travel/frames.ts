import type { HistoryStep } from '@baton/contracts';
import type { Event } from '@baton/engine';

/** One event of a history, with its number and when it happened (milliseconds since the epoch). */
export interface Frame {
  readonly sequence: number;
  readonly at: number;
  readonly event: Event;
}

/**
 * The events of all steps in order.
 *
 * Events carry no time of their own: it is that of the last `instanceStarted` or `timeAdvanced` before them.
 */
export function framesOf(steps: readonly HistoryStep[]): readonly Frame[] {
  let at: number | undefined;
  return steps.flatMap((step) =>
    eventsOf(step).map((event, index): Frame => {
      if (event.type === 'instanceStarted' || event.type === 'timeAdvanced') at = event.at;
      return { sequence: step.firstSequence + index, at: at ?? Date.parse(step.at), event };
    }),
  );
}

/** The wire names only `type`; what else an event holds is the engine's, which wrote it. */
function eventsOf(step: HistoryStep): readonly Event[] {
  return step.events as unknown as readonly Event[];
}
