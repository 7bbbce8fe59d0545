import { enabledIn } from '@baton/engine';
import type { Simulation } from '@baton/engine';

/**
 * Starts, in every ad-hoc sub-process that waits for somebody to do so, each of its enabled activities once, in document order.
 *
 * @param begun  Ad-hoc sub-processes that had their turn; grows.
 * @returns whether there was one.
 */
export function startAdHoc(world: Simulation, begun: Set<string>): boolean {
  let isAny = false;
  for (const { instanceId, elementId, key, type } of world.waiting) {
    const id = `${instanceId}:${key}`;
    if (type !== 'adHoc' || begun.has(id)) continue;
    begun.add(id);
    const { process, events } = world.instance(instanceId);
    const started = new Set(
      events.flatMap((event) =>
        (event.type === 'elementActivated' || event.type === 'elementPassed') && event.scope === key ? [event.elementId] : [],
      ),
    );
    const elementIds = enabledIn(process, elementId).flatMap((element) => (started.has(element.id) ? [] : [element.id]));
    if (elementIds.length === 0) continue;
    world.send(instanceId, { type: 'activateAdHoc', at: world.now, key, elementIds });
    isAny = true;
  }
  return isAny;
}
