import type { ModelProblem } from '../model-invalid.js';
import type { ElementId } from '../model.js';
import type { Element } from '../process.js';

/** What no token can reach, and where one would be stuck. Needs a linked model. */
export function findReachProblems(elements: readonly Element[]): readonly ModelProblem[] {
  const problems: ModelProblem[] = [];
  const levels = new Set<ElementId | undefined>([undefined, ...elements.filter(beginsByItself).map(({ id }) => id)]);
  const beginnings: Element[] = [];
  for (const parent of levels) {
    const level = elements.filter(({ model }) => model.parent === parent);
    if (parent !== undefined && level.length === 0) continue; // an empty sub-process is passed
    const found = beginningsOf(level);
    beginnings.push(...found);
    if (found.some((element) => !beginsByEvent(element) || parent !== undefined || isInstantiating(element))) continue;
    const what = parent === undefined ? 'The process' : `The sub-process ${parent}`;
    problems.push({
      code: 'bpmn-invalid',
      message: `${what} has nowhere to start.`,
      ...(parent === undefined ? {} : { elementId: parent }),
    });
  }
  if (problems.length > 0) return problems; // all else would be a consequence

  const adHoc = new Set(elements.filter(({ model }) => model.kind === 'subProcess' && model.adHoc !== undefined).map(({ id }) => id));
  const startable = elements.filter(
    ({ model, incoming }) => model.parent !== undefined && adHoc.has(model.parent) && incoming.length === 0,
  );
  const reached = reach([...beginnings, ...startable]);
  for (const element of elements) {
    const { id, outgoing } = element;
    if (!reached.has(id)) problems.push({ code: 'bpmn-invalid', elementId: id, message: `No way leads to ${id}.` });
    // One that joins may be where its paths end.
    if (element.model.kind.endsWith('Gateway') && outgoing.length === 0 && element.incoming.length <= 1) {
      problems.push({ code: 'bpmn-invalid', elementId: id, message: `The gateway ${id} has no way out.` });
    }
  }
  return problems;
}

/** An ad-hoc sub-process may be empty of beginnings: people start what is in it. */
function beginsByItself({ model }: Element): boolean {
  return model.kind === 'subProcess' && model.adHoc === undefined;
}

/** Start events of any trigger; without one, what no flow leads to. What undoes, and event sub-processes, begin by their events. */
function beginningsOf(level: readonly Element[]): readonly Element[] {
  const startEvents = level.filter(({ model }) => model.kind === 'startEvent');
  const byEvent = level.filter(beginsByEvent);
  if (startEvents.length > 0) return [...startEvents, ...byEvent];
  return level.filter(({ model, incoming }) => model.kind !== 'boundaryEvent' && incoming.length === 0);
}

function isInstantiating({ model }: Element): boolean {
  return 'instantiate' in model && model.instantiate === true;
}

function beginsByEvent({ model, incoming }: Element): boolean {
  if ('isForCompensation' in model && model.isForCompensation === true) return true;
  if (model.kind === 'subProcess' && (model.triggeredByEvent === true || model.callable === true)) return true;
  if (model.kind === 'receiveTask' && model.instantiate === true) return true;
  return model.kind === 'eventBasedGateway' && model.instantiate === true && incoming.length === 0;
}

function reach(beginnings: readonly Element[]): ReadonlySet<ElementId> {
  const reached = new Set<ElementId>();
  const open = [...beginnings];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (reached.has(element.id)) continue;
    reached.add(element.id);
    for (const { target } of element.outgoing) open.push(target);
    open.push(...element.boundaries);
    if (element.linkTarget !== undefined) open.push(element.linkTarget);
  }
  return reached;
}
