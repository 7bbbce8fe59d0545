import { reachabilityOf } from './gateways/reachability.js';
import type { Reachability } from './gateways/reachability.js';
import { multiInstance } from './loops/multi-instance.js';
import { standardLoop } from './loops/standard-loop.js';
import type { BoundaryEventModel, ElementId, ElementModel, ProcessModel } from './model.js';
import type { Ports } from './ports.js';
import type { Element, Flow, Process } from './process.js';
import { behaviors } from './registry.js';

/** Only here are an element's lists still open. */
interface OpenElement extends Element {
  incoming: Flow[];
  outgoing: Flow[];
  boundaries: Element<BoundaryEventModel>[];
  hasConditions: boolean;
  passes: boolean;
  starts: readonly Element[];
  eventSubProcesses: readonly Element[];
  compensation?: Element;
  linkTarget?: Element;
}

type Linked = Pick<Process, 'elements' | 'byId' | 'starts' | 'eventSubProcesses' | 'watchesVariables' | 'joins'>;

/** Give every element its surroundings, once, so that no step has to look for them. */
export function link(model: ProcessModel, { instantJobs }: Pick<Ports, 'instantJobs'> = {}): Linked {
  const byId = new Map<ElementId, OpenElement>();
  for (const element of model.elements) byId.set(element.id, open(element));
  const elements = [...byId.values()];

  for (const flow of model.flows) {
    const [source, target] = [byId.get(flow.source)!, byId.get(flow.target)!];
    const isDefault = 'defaultFlow' in source.model && source.model.defaultFlow === flow.id;
    const linked: Flow = { id: flow.id, model: flow, source, target, isDefault, arrival: { via: flow.id } };
    source.outgoing.push(linked);
    target.incoming.push(linked);
    if (flow.condition !== undefined && source.model.kind !== 'parallelGateway') source.hasConditions = true;
  }
  for (const element of elements) {
    if (isBoundary(element)) byId.get(element.model.attachedTo)!.boundaries.push(element);
    if (element.model.kind === 'subProcess') fillInside(element, elements, element.id);
  }
  for (const element of elements) {
    const { model: own } = element;
    if (own.kind === 'callActivity' && own.called.type === 'callable') fillInside(element, elements, own.called.elementId);
    linkEvents(element, elements, byId);
  }
  for (const element of elements) element.passes = goesStraightThrough(element, instantJobs);
  return {
    byId,
    elements,
    starts: startsOf(elements, undefined),
    eventSubProcesses: eventSubProcessesOf(elements, undefined),
    watchesVariables: model.elements.some(watchesVariables),
    joins: joinsOf(elements),
  };
}

/** Always the same members in the same order: what reads them stays fast. */
function open(model: ElementModel): OpenElement {
  const behavior = behaviors[model.kind];
  const loop = 'loop' in model ? model.loop : undefined;
  return {
    id: model.id,
    model,
    behavior,
    entry: loop === undefined ? behavior : loop.kind === 'standard' ? standardLoop : multiInstance,
    passes: false,
    isGated: ('startQuantity' in model && (model.startQuantity ?? 1) > 1) || 'inputSets' in model,
    incoming: [],
    outgoing: [],
    hasConditions: false,
    boundaries: [],
    starts: [],
    eventSubProcesses: [],
    startQuantity: 'startQuantity' in model ? (model.startQuantity ?? 1) : 1,
    completionQuantity: 'completionQuantity' in model ? (model.completionQuantity ?? 1) : 1,
    ...('inputs' in model && model.inputs!.length > 0 ? { inputs: model.inputs } : undefined),
    ...('outputs' in model && model.outputs!.length > 0 ? { outputs: model.outputs } : undefined),
    ...(loop === undefined ? undefined : { loop }),
  };
}

function isBoundary(element: Element): element is Element<BoundaryEventModel> {
  return element.model.kind === 'boundaryEvent';
}

function fillInside(element: OpenElement, elements: readonly Element[], inside: ElementId): void {
  element.starts = startsOf(elements, inside);
  element.eventSubProcesses = eventSubProcessesOf(elements, inside);
}

function linkEvents(element: OpenElement, elements: readonly Element[], byId: ReadonlyMap<ElementId, Element>): void {
  const { model } = element;
  if (model.kind === 'intermediateThrowEvent' && model.event.type === 'link') {
    const { name } = model.event;
    const target = elements.find(
      (one) =>
        one.model.kind === 'intermediateCatchEvent' &&
        one.model.parent === model.parent &&
        one.model.event.type === 'link' &&
        one.model.event.name === name,
    );
    if (target !== undefined) element.linkTarget = target;
  }
  const handler = element.boundaries.map((boundary) => boundary.model.event).find((event) => event.type === 'compensation');
  const itself = element.eventSubProcesses.find(({ starts }) => starts.some(isCompensationStart));
  const undoneBy = handler?.handler === undefined ? itself : byId.get(handler.handler);
  if (undoneBy !== undefined) element.compensation = undoneBy;
}

function isCompensationStart({ model }: Element): boolean {
  return model.kind === 'startEvent' && model.event.type === 'compensation';
}

/** None start events (of an event sub-process: its triggered ones); where a level has no start event at all, every element no flow leads to. */
function startsOf(elements: readonly Element[], parent: ElementId | undefined): readonly Element[] {
  const level = elements.filter(({ model }) => model.parent === parent);
  const startEvents = level.filter(({ model }) => model.kind === 'startEvent');
  if (startEvents.length === 0) return level.filter(isBeginning);
  const container = elements.find(({ id }) => id === parent)?.model;
  if (container?.kind === 'subProcess' && container.triggeredByEvent === true) return startEvents;
  return startEvents.filter(({ model }) => model.kind === 'startEvent' && model.event.type === 'none');
}

function isBeginning({ model, incoming }: Element): boolean {
  if (model.kind === 'boundaryEvent' || incoming.length > 0) return false;
  if ('isForCompensation' in model && model.isForCompensation === true) return false;
  if (model.kind === 'subProcess' && (model.triggeredByEvent === true || model.callable === true)) return false;
  if (model.kind === 'receiveTask' && model.instantiate === true) return false;
  if (model.kind === 'eventBasedGateway' && model.instantiate === true) return false;
  return !(model.kind === 'intermediateCatchEvent' && model.event.type === 'link');
}

function eventSubProcessesOf(elements: readonly Element[], parent: ElementId | undefined): readonly Element[] {
  return elements.filter(({ model }) => model.kind === 'subProcess' && model.triggeredByEvent === true && model.parent === parent);
}

/** Nothing to evaluate, arm, wait for, remember or choose: a token can pass without becoming an element instance. */
function goesStraightThrough(element: Element, instantJobs: Ports['instantJobs']): boolean {
  const { model, hasConditions, boundaries, inputs, outputs, loop, startQuantity, completionQuantity, compensation, incoming, outgoing } =
    element;
  if (hasConditions || boundaries.length > 0 || inputs !== undefined || outputs !== undefined || compensation !== undefined) return false;
  if (loop?.kind === 'multiInstance' && loop.outputElement !== undefined) return false;
  if (startQuantity !== 1 || completionQuantity !== 1 || 'inputSets' in model) return false;
  switch (model.kind) {
    case 'task':
    case 'manualTask':
      return true;
    case 'serviceTask':
    case 'sendTask':
      return model.work.kind === 'job' && model.work.jobType.language === 'literal' && instantJobs?.has(model.work.jobType.text) === true;
    case 'startEvent':
    case 'endEvent':
    case 'intermediateThrowEvent':
      return model.event.type === 'none';
    case 'exclusiveGateway':
      return outgoing.length === 1;
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'complexGateway':
      return incoming.length <= 1;
    default:
      return false;
  }
}

function watchesVariables(model: ElementModel): boolean {
  if ('inputSets' in model) return true;
  if (!('event' in model)) return false;
  const { event } = model;
  return event.type === 'conditional' || (event.type === 'multiple' && event.events.some(({ type }) => type === 'conditional'));
}

function joinsOf(elements: readonly Element[]): ReadonlyMap<Element, Reachability> {
  const joins = elements.filter(
    ({ model, incoming }) => (model.kind === 'inclusiveGateway' || model.kind === 'complexGateway') && incoming.length > 1,
  );
  return new Map(
    joins.map((join) => {
      const level = elements.filter(({ model }) => model.parent === join.model.parent);
      return [join, reachabilityOf(join, level)];
    }),
  );
}
