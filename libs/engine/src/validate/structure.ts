import type { ModelProblem } from '../model-invalid.js';
import type { ElementId, ElementModel, FlowModel, ProcessModel } from '../model.js';

/** What is wrong with ids, parents and the ends of flows: everything that must hold before a model can be linked. */
export function findStructureProblems(model: ProcessModel): readonly ModelProblem[] {
  const byId = new Map(model.elements.map((element) => [element.id, element]));
  return [
    ...repeatedIds(model),
    ...model.elements.flatMap((element) => checkElement(element, byId, model.flows)),
    ...model.flows.flatMap((flow) => checkFlow(flow, byId)),
  ];
}

function invalid(elementId: ElementId, message: string): ModelProblem {
  return { code: 'bpmn-invalid', elementId, message };
}

function repeatedIds(model: ProcessModel): readonly ModelProblem[] {
  const seen = new Set<string>();
  const problems: ModelProblem[] = [];
  for (const { id } of [...model.elements, ...model.flows]) {
    if (seen.has(id)) problems.push(invalid(id, `The id ${id} is used more than once.`));
    seen.add(id);
  }
  return problems;
}

function checkElement(element: ElementModel, byId: ReadonlyMap<ElementId, ElementModel>, flows: readonly FlowModel[]): ModelProblem[] {
  const { id, parent } = element;
  const problems: ModelProblem[] = [];
  if (parent !== undefined && byId.get(parent)?.kind !== 'subProcess') {
    problems.push(invalid(id, `${id} lies in ${parent}, which is no sub-process.`));
  }
  if (element.kind === 'boundaryEvent') {
    const host = byId.get(element.attachedTo);
    if (host === undefined || !isActivity(host))
      problems.push(invalid(id, `${id} is attached to ${element.attachedTo}, which is no activity.`));
    else if (host.parent !== parent) problems.push(invalid(id, `${id} is attached to ${host.id} across the border of a sub-process.`));
  }
  if ('defaultFlow' in element && element.defaultFlow !== undefined) {
    const isOwn = flows.some((flow) => flow.id === element.defaultFlow && flow.source === id);
    if (!isOwn) problems.push(invalid(id, `The default flow ${element.defaultFlow} of ${id} does not leave it.`));
  }
  return problems;
}

function isActivity({ kind }: ElementModel): boolean {
  return kind.endsWith('Task') || kind === 'task' || kind === 'subProcess' || kind === 'callActivity';
}

function checkFlow(flow: FlowModel, byId: ReadonlyMap<ElementId, ElementModel>): ModelProblem[] {
  const [source, target] = [byId.get(flow.source), byId.get(flow.target)];
  const problems: ModelProblem[] = [];
  if (source === undefined) problems.push(invalid(flow.id, `The flow ${flow.id} comes from ${flow.source}, which does not exist.`));
  if (target === undefined) problems.push(invalid(flow.id, `The flow ${flow.id} leads to ${flow.target}, which does not exist.`));
  if (source === undefined || target === undefined) return problems;
  if (source.parent !== target.parent) {
    problems.push(invalid(flow.id, `The flow ${flow.id} crosses the border of a sub-process, from ${source.id} to ${target.id}.`));
  }
  if (source.kind === 'endEvent') problems.push(invalid(flow.id, `The flow ${flow.id} leaves the end event ${source.id}.`));
  if (target.kind === 'startEvent' || target.kind === 'boundaryEvent') {
    problems.push(invalid(flow.id, `The flow ${flow.id} leads to ${target.id}, where no flow may arrive.`));
  }
  return problems;
}
