import type { ModelProblem } from '../model-invalid.js';
import type { ElementId } from '../model.js';
import type { Element } from '../process.js';

/** What no token can reach, and where one would be stuck. Needs a linked model. */
export function findReachProblems(elements: readonly Element[]): readonly ModelProblem[] {
  const problems: ModelProblem[] = [];
  const levels = new Set<ElementId | undefined>([undefined, ...elements.filter(isSubProcess).map(({ id }) => id)]);
  const beginnings: Element[] = [];
  for (const parent of levels) {
    const found = beginningsOf(elements.filter(({ model }) => model.parent === parent));
    beginnings.push(...found);
    if (found.length > 0) continue;
    const what = parent === undefined ? 'The process' : `The sub-process ${parent}`;
    problems.push({
      code: 'bpmn-invalid',
      message: `${what} has nowhere to start.`,
      ...(parent === undefined ? {} : { elementId: parent }),
    });
  }
  if (problems.length > 0) return problems; // all else would be a consequence

  const reached = reach(beginnings);
  for (const element of elements) {
    const { id, outgoing } = element;
    if (!reached.has(id)) problems.push({ code: 'bpmn-invalid', elementId: id, message: `No way leads to ${id}.` });
    if (element.model.kind.endsWith('Gateway') && outgoing.length === 0) {
      problems.push({ code: 'bpmn-invalid', elementId: id, message: `The gateway ${id} has no way out.` });
    }
  }
  return problems;
}

function isSubProcess({ model }: Element): boolean {
  return model.kind === 'subProcess';
}

/** Start events of any trigger; without one, what no flow leads to. */
function beginningsOf(level: readonly Element[]): readonly Element[] {
  const startEvents = level.filter(({ model }) => model.kind === 'startEvent');
  if (startEvents.length > 0) return startEvents;
  return level.filter(({ model, incoming }) => model.kind !== 'boundaryEvent' && incoming.length === 0);
}

function reach(beginnings: readonly Element[]): ReadonlySet<ElementId> {
  const reached = new Set<ElementId>();
  const open = [...beginnings];
  for (let element = open.pop(); element !== undefined; element = open.pop()) {
    if (reached.has(element.id)) continue;
    reached.add(element.id);
    for (const { target } of element.outgoing) open.push(target);
    open.push(...element.boundaries);
  }
  return reached;
}
