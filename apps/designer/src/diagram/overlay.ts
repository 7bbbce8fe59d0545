import type { Event, Instance } from '@baton/engine';

export type ElementState = 'idle' | 'visited' | 'active' | 'incident';

/** What one element shows of an instance. */
export interface ElementOverlay {
  readonly state: ElementState;
  /** Tokens that stand on it now. */
  readonly tokens: number;
  /** How often it was entered. */
  readonly visits: number;
}

/** What a whole diagram shows of an instance at one moment. */
export interface Overlay {
  readonly elements: ReadonlyMap<string, ElementOverlay>;
  /** How often each flow was taken. */
  readonly flows: ReadonlyMap<string, number>;
}

export const NOTHING: Overlay = { elements: new Map(), flows: new Map() };
export const IDLE: ElementOverlay = { state: 'idle', tokens: 0, visits: 0 };

/**
 * The overlay at one moment: tokens and incidents come from the state, the way from the events that led to it.
 *
 * A sub-process that waits for what is inside it is active, but the token is shown inside. A token that only passes an element is
 * nowhere afterwards: looking back (`isPast`), it is shown there at that very event.
 */
export function overlayOf(instance: Instance, events: readonly Event[], isPast = false): Overlay {
  const visits = new Map<string, number>();
  const flows = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'elementActivated' && event.type !== 'elementPassed' && event.type !== 'tokenHeld') continue;
    count(visits, event.elementId);
    if (event.via !== undefined) count(flows, event.via);
  }
  const alive = instance.elements;
  const active = new Set(alive.map(({ elementId }) => elementId));
  const tokens = new Map<string, number>();
  for (const { elementId, waiting } of alive) if (waiting !== 'scope') count(tokens, elementId);
  const last = events.at(-1);
  if (isPast && last?.type === 'elementPassed') {
    active.add(last.elementId);
    count(tokens, last.elementId);
  }
  const broken = new Set(instance.incidents.map(({ elementId }) => elementId));

  const elements = new Map<string, ElementOverlay>();
  for (const id of new Set([...visits.keys(), ...active, ...broken])) {
    const state = broken.has(id) ? 'incident' : active.has(id) ? 'active' : 'visited';
    elements.set(id, { state, tokens: tokens.get(id) ?? 0, visits: visits.get(id) ?? 0 });
  }
  return { elements, flows };
}

function count(counts: Map<string, number>, id: string): void {
  counts.set(id, (counts.get(id) ?? 0) + 1);
}
