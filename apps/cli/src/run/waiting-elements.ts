import { find } from '@baton/engine';
import type { SimulatedInstance, Simulation, Waiting } from '@baton/engine';

/**
 * What a run waits for: one entry for each element instance that does, in the order they began to.
 *
 * An event on a border or of an event sub-process is not waited for, the activity it belongs to is; an event-based gateway waits with
 * its events. Who has to start something in an ad-hoc sub-process is nobody the file names.
 */
export function waitingElements(world: Simulation): readonly { readonly elementId: string; readonly type: string }[] {
  const seen = new Set<string>();
  return world.waiting.flatMap((waiting) => {
    const { instanceId, elementId, type, attachedTo } = waiting;
    const instance = world.instance(instanceId);
    if (type === 'adHoc' || attachedTo !== undefined || isBesides(instance, elementId)) return [];
    // A multiple event waits for several things, but it is one.
    const place = `${instanceId} ${hostOf(instance, waiting)} ${elementId}`;
    if (seen.has(place)) return [];
    seen.add(place);
    return [{ elementId, type }];
  });
}

function isBesides({ process }: SimulatedInstance, elementId: string): boolean {
  const kind = process.byId.get(elementId)?.model.kind;
  return kind === 'boundaryEvent' || kind === 'startEvent';
}

/** The element instance that waits; a timer or a subscription names it. */
function hostOf({ state }: SimulatedInstance, { type, key }: Waiting): number {
  if (type === 'timer') return find(state.timers, key)?.host ?? key;
  return find(state.subscriptions, key)?.host ?? key;
}
