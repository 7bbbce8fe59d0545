import { definitionsOf } from '../expressions-of.js';
import type { ModelProblem } from '../model-invalid.js';
import type { ElementId, ElementModel, ProcessModel } from '../model.js';

/** Rules about events that need the elements around them. Source: BPMN 2.0.2, 10.5 and 10.6.6. */
export function findEventProblems(model: ProcessModel): readonly ModelProblem[] {
  const byId = new Map(model.elements.map((element) => [element.id, element]));
  return model.elements.flatMap((element) => [
    ...checkStart(element, byId),
    ...checkLink(element, model.elements),
    ...checkCompensation(element, byId),
    ...checkCancel(element, byId),
    ...checkGateway(element, model, byId),
    ...checkEventSubProcess(element, model),
    ...checkCallable(element, byId),
  ]);
}

type ById = ReadonlyMap<ElementId, ElementModel>;

function invalid(elementId: ElementId, message: string): ModelProblem {
  return { code: 'bpmn-invalid', elementId, message };
}

function types(element: ElementModel): readonly string[] {
  return 'event' in element ? definitionsOf(element.event).map(({ type }) => type) : [];
}

function parentOf({ parent }: ElementModel, byId: ById): ElementModel | undefined {
  return parent === undefined ? undefined : byId.get(parent);
}

function checkStart(element: ElementModel, byId: ById): ModelProblem[] {
  if (element.kind !== 'startEvent') return [];
  const container = parentOf(element, byId);
  const isTriggered = element.event.type !== 'none';
  const isInEventSubProcess = container?.kind === 'subProcess' && container.triggeredByEvent === true;
  if (isInEventSubProcess && !isTriggered)
    return [invalid(element.id, `${element.id} starts an event sub-process, so something must trigger it.`)];
  if (container !== undefined && !isInEventSubProcess && isTriggered) {
    return [invalid(element.id, `${element.id} starts a sub-process, so nothing can trigger it.`)];
  }
  const isOnlyInside = types(element).find((type) => ['error', 'escalation', 'compensation'].includes(type));
  if (container === undefined && isOnlyInside !== undefined) {
    return [invalid(element.id, `${element.id} starts the process, which no ${isOnlyInside} can do.`)];
  }
  return [];
}

function checkLink(element: ElementModel, elements: readonly ElementModel[]): ModelProblem[] {
  if (element.kind !== 'intermediateThrowEvent' || element.event.type !== 'link') return [];
  const { name } = element.event;
  const targets = elements.filter(
    (one) => one.kind === 'intermediateCatchEvent' && one.parent === element.parent && one.event.type === 'link' && one.event.name === name,
  );
  if (targets.length === 1) return [];
  const how = targets.length === 0 ? 'nowhere' : `at ${targets.length} places`;
  return [invalid(element.id, `The link “${name}” of ${element.id} is caught ${how} in its scope; there must be one link catch event.`)];
}

function checkCompensation(element: ElementModel, byId: ById): ModelProblem[] {
  if (!('event' in element)) return [];
  const problems: ModelProblem[] = [];
  for (const event of definitionsOf(element.event)) {
    if (event.type !== 'compensation') continue;
    if (element.kind === 'boundaryEvent') {
      const handler = event.handler === undefined ? undefined : byId.get(event.handler);
      if (handler === undefined) problems.push(invalid(element.id, `${element.id} compensates, but no association leads to what does it.`));
      else if (!('isForCompensation' in handler))
        problems.push(invalid(handler.id, `${handler.id} undoes ${element.attachedTo}, so it must be marked as being for compensation.`));
    }
    for (const activityRef of event.activityRefs ?? []) {
      if (!byId.has(activityRef)) problems.push(invalid(element.id, `${element.id} undoes ${activityRef}, which does not exist.`));
    }
  }
  return problems;
}

function checkCancel(element: ElementModel, byId: ById): ModelProblem[] {
  if (!types(element).includes('cancel')) return [];
  if (element.kind === 'boundaryEvent') {
    const host = byId.get(element.attachedTo);
    if (host?.kind === 'subProcess' && host.transaction === true) return [];
    return [invalid(element.id, `${element.id} catches a cancel, so it must be attached to a transaction.`)];
  }
  for (let around = parentOf(element, byId); around !== undefined; around = parentOf(around, byId)) {
    if (around.kind === 'subProcess' && around.transaction === true) return [];
  }
  return [invalid(element.id, `${element.id} cancels, so it must lie in a transaction.`)];
}

function checkGateway(element: ElementModel, model: ProcessModel, byId: ById): ModelProblem[] {
  if (element.kind !== 'eventBasedGateway') return [];
  const targets = model.flows.filter(({ source }) => source === element.id).map(({ target }) => byId.get(target));
  const wrong = targets.find((target) => target !== undefined && target.kind !== 'receiveTask' && target.kind !== 'intermediateCatchEvent');
  if (wrong !== undefined)
    return [invalid(wrong.id, `${wrong.id} follows the event-based gateway ${element.id}, where only catch events and receive tasks may.`)];
  return [];
}

function checkEventSubProcess(element: ElementModel, { elements, flows }: ProcessModel): ModelProblem[] {
  if (element.kind !== 'subProcess' || element.triggeredByEvent !== true) return [];
  const problems: ModelProblem[] = [];
  const starts = elements.filter(({ kind, parent }) => kind === 'startEvent' && parent === element.id);
  if (starts.length !== 1)
    problems.push(invalid(element.id, `The event sub-process ${element.id} must have one start event; it has ${starts.length}.`));
  if (flows.some(({ source, target }) => source === element.id || target === element.id)) {
    problems.push(invalid(element.id, `No flow may lead to or from the event sub-process ${element.id}: its event starts it.`));
  }
  return problems;
}

function checkCallable(element: ElementModel, byId: ById): ModelProblem[] {
  if (element.kind !== 'callActivity' || element.called.type !== 'callable') return [];
  const called = byId.get(element.called.elementId);
  if (called?.kind === 'subProcess') return [];
  return [invalid(element.id, `${element.id} calls ${element.called.elementId}, which is no sub-process here.`)];
}
