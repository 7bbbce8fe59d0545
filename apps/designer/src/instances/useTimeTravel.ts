import type { Diagram, HistoryStep } from '@baton/contracts';
import { useMemo } from 'react';
import { overlayOf } from '../diagram/overlay.js';
import { framesOf } from '../time-travel/frames.js';
import { stateAt } from '../time-travel/state-at.js';
import { stopsOf } from '../time-travel/stops.js';
import { entriesOf } from '../timeline/entries.js';
import { namesOf } from '../timeline/names.js';

/** Everything the page shows of one moment, folded from the history. `at` undefined: the newest. */
export function useTimeTravel(steps: readonly HistoryStep[], diagram: Diagram, at: number | undefined) {
  const names = useMemo(() => namesOf(diagram), [diagram]);
  const { stops, entries } = useMemo(() => {
    const frames = framesOf(steps);
    return { stops: stopsOf(frames), entries: entriesOf(frames, names) };
  }, [steps, names]);
  const moment = useMemo(() => stateAt(steps, at ?? Infinity), [steps, at]);
  const overlay = useMemo(() => overlayOf(moment.instance, moment.events, at !== undefined), [moment, at]);
  const shown = at ?? Infinity;
  const caption = entries.findLast(({ sequence }) => sequence <= shown)?.title ?? 'Started';
  return { names, stops, entries, moment, overlay, caption };
}
