import type { Event } from '../event.js';
import type { ElementId, FlowModel, ProcessModel } from '../model.js';
import { weighed } from './work.js';

/** Why no token came to an element: back to the choice that led elsewhere. */
export function whySkipped(events: readonly Event[], elementId: ElementId, { elements, flows }: ProcessModel): readonly string[] {
  const visited = new Set(events.flatMap((event) => ('elementId' in event && 'scope' in event ? [event.elementId] : [])));
  if (visited.has(elementId) || !elements.some(({ id }) => id === elementId)) return [];
  const seen = new Set<ElementId>();
  const back = (target: ElementId): readonly string[] => {
    if (seen.has(target)) return [];
    seen.add(target);
    return flows
      .filter((flow) => flow.target === target)
      .flatMap((flow) => (visited.has(flow.source) ? refused(events, flow) : back(flow.source)));
  };
  const reasons = [...new Set(back(elementId))];
  if (reasons.length > 0) return ['No token came here.', ...reasons];
  const { attachedTo } = { attachedTo: undefined, ...elements.find(({ id }) => id === elementId) } as { readonly attachedTo?: ElementId };
  if (attachedTo !== undefined && visited.has(attachedTo)) return [`What it waits for did not come while ${attachedTo} was active.`];
  return [];
}

/** What a gateway said of a flow, each time it did not take it. */
function refused(events: readonly Event[], { id, source }: FlowModel): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'routeChosen' || event.elementId !== source || event.taken.includes(id)) return [];
    const reason = event.reasons.find(({ flowId }) => flowId === id);
    if (reason !== undefined) return [`At ${source}: ${weighed(reason, false)}`];
    return [`At ${source}: the flow ${id} was not looked at, because ${event.taken.join(', ')} had been taken.`];
  });
}
