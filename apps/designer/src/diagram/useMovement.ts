import { useEffect, useRef, useState } from 'react';
import type { Overlay } from './overlay.js';

const STILL = { flows: [] as readonly string[], id: 0 };
/** Longer jumps are not played: nobody can follow them. */
const FLOWS_MAX = 8;

/**
 * The flows whose tokens are on the way since the overlay changed, in the order they were taken.
 *
 * Only moving forward moves tokens; the first picture and steps back stand still.
 */
export function useMovement(overlay: Overlay): typeof STILL {
  const before = useRef<Overlay>(undefined);
  const [movement, setMovement] = useState(STILL);
  useEffect(() => {
    const last = before.current;
    before.current = overlay;
    if (!last || last === overlay) return;
    const flows = newlyTaken(last, overlay);
    setMovement((current) => ({ flows: flows.length <= FLOWS_MAX ? flows : [], id: current.id + 1 }));
  }, [overlay]);
  return movement;
}

/** Flows that were taken more often after than before. Maps keep the order of first taking. */
export function newlyTaken(before: Overlay, after: Overlay): string[] {
  return [...after.flows].flatMap(([flow, count]) => (count > (before.flows.get(flow) ?? 0) ? [flow] : []));
}
