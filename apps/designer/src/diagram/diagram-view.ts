import { createContext, use } from 'react';
import { IDLE, NOTHING } from './overlay.js';
import type { ElementOverlay, Overlay } from './overlay.js';

/** What the nodes and edges of one diagram need to know beside their own shape. */
export interface DiagramView {
  readonly overlay: Overlay;
  /** Flows whose tokens are on the way now, in order, and a number that changes with every movement. */
  readonly movement: { readonly flows: readonly string[]; readonly id: number };
  readonly selected: string | undefined;
  readonly onSelect: (elementId: string | undefined) => void;
}

export const DiagramContext = createContext<DiagramView>({
  overlay: NOTHING,
  movement: { flows: [], id: 0 },
  selected: undefined,
  onSelect: () => undefined,
});

/** What one element shows of the instance. */
export function useElementOverlay(elementId: string): ElementOverlay {
  return use(DiagramContext).overlay.elements.get(elementId) ?? IDLE;
}
