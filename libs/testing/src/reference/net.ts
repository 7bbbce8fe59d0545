import type { BoundaryEventModel, ElementId, ElementModel, FlowModel, ProcessModel, StartEventModel, SubProcessModel } from '@baton/engine';

/** A process with its neighborhoods looked up once. Everything stays in document order. */
export interface Net {
  readonly model: ProcessModel;
  element(id: ElementId): ElementModel;
  flow(id: string): FlowModel;
  readonly outgoing: (id: ElementId) => readonly FlowModel[];
  readonly incoming: (id: ElementId) => readonly FlowModel[];
  /** What lies directly in a sub-process, or in the process. */
  readonly inside: (parent: ElementId | undefined) => readonly ElementModel[];
  readonly boundaries: (host: ElementId) => readonly BoundaryEventModel[];
  readonly eventSubProcesses: (parent: ElementId | undefined) => readonly EventSubProcess[];
}

export interface EventSubProcess {
  readonly element: SubProcessModel;
  readonly start: StartEventModel;
  readonly interrupting: boolean;
}

export function netOf(model: ProcessModel): Net {
  const elements = new Map(model.elements.map((element) => [element.id, element]));
  const flows = new Map(model.flows.map((flow) => [flow.id, flow]));
  const outgoing = Map.groupBy(model.flows, ({ source }) => source);
  const incoming = Map.groupBy(model.flows, ({ target }) => target);
  const inside = Map.groupBy(model.elements, ({ parent }) => parent);
  const boundaries = Map.groupBy(
    model.elements.filter((element): element is BoundaryEventModel => element.kind === 'boundaryEvent'),
    ({ attachedTo }) => attachedTo,
  );
  return {
    model,
    element: (id) => found(elements.get(id), id),
    flow: (id) => found(flows.get(id), id),
    outgoing: (id) => outgoing.get(id) ?? [],
    incoming: (id) => incoming.get(id) ?? [],
    inside: (parent) => inside.get(parent) ?? [],
    boundaries: (host) => boundaries.get(host) ?? [],
    eventSubProcesses: (parent) =>
      (inside.get(parent) ?? []).flatMap((element) => {
        if (element.kind !== 'subProcess' || !element.triggeredByEvent) return [];
        const start = (inside.get(element.id) ?? []).find((child) => child.kind === 'startEvent');
        return start === undefined ? [] : [{ element, start, interrupting: start.interrupting ?? true }];
      }),
  };
}

function found<T>(thing: T | undefined, id: string): T {
  if (thing === undefined) throw new Error(`The model has nothing called “${id}”.`);
  return thing;
}

/**
 * Where a token begins in a process or sub-process: at its none start event, else at whatever no flow leads to.
 *
 * Source: BPMN 2.0.2, 13.3.4 (sub-process without a start event).
 */
export function beginnings(net: Net, parent: ElementId | undefined): readonly ElementId[] {
  const inside = net.inside(parent);
  const starts = inside.filter((element) => element.kind === 'startEvent' && element.event.type === 'none');
  if (starts.length > 0) return starts.slice(0, 1).map(({ id }) => id);
  return inside.filter((element) => isOrdinary(element) && net.incoming(element.id).length === 0).map(({ id }) => id);
}

/** An element a token can come to without an event having happened. */
function isOrdinary(element: ElementModel): boolean {
  if (element.kind === 'startEvent' || element.kind === 'boundaryEvent') return false;
  if (element.kind === 'subProcess' && (element.triggeredByEvent || element.callable)) return false;
  if (element.kind === 'intermediateCatchEvent' && element.event.type === 'link') return false;
  return !('isForCompensation' in element && element.isForCompensation);
}
