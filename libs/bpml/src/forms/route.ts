import type { ElementModel, ProcessModel } from '@baton/engine';
import { assignmentUses, conditionsAfter } from './usage.js';
import type { Reads, Use } from './usage.js';

/** What happened outside before the token moved on may have changed the variables: the form before is not asked for these. */
const WAITS = new Set<ElementModel['kind']>(['userTask', 'receiveTask', 'intermediateCatchEvent', 'eventBasedGateway', 'callActivity']);

/**
 * What the way from an element reads until the token waits again: conditions, and who gets the next task.
 *
 * Error paths of the automatic steps on the way belong to it; a timer's path does not, since no form leads there.
 */
export function routeUses(model: ProcessModel, from: ElementModel, reads: Reads): Use[] {
  const elements = new Map(model.elements.map((element) => [element.id, element]));
  const found: Use[] = [];
  const seen = new Set<string>();
  const queue: ElementModel[] = [];
  const leave = (element: ElementModel) => {
    found.push(...conditionsAfter(model, element.id, reads));
    for (const { source, target } of model.flows) if (source === element.id) enter(elements.get(target));
  };
  const enter = (element: ElementModel | undefined) => {
    if (!element || seen.has(element.id)) return;
    seen.add(element.id);
    found.push(...assignmentUses(element, reads));
    queue.push(element);
  };
  leave(from);
  if (from.kind !== 'startEvent') leaveScope(from);
  for (let element = queue.shift(); element; element = queue.shift()) {
    if (WAITS.has(element.kind)) continue;
    if (element.kind === 'subProcess') enter(innerStart(element.id));
    else leave(element);
    if (element.kind === 'endEvent') leaveScope(element);
    for (const event of model.elements) {
      if (event.kind === 'boundaryEvent' && event.attachedTo === element.id && event.event.type === 'error') enter(event);
    }
  }
  return found;

  function innerStart(parent: string): ElementModel | undefined {
    return model.elements.find((element) => element.kind === 'startEvent' && element.parent === parent);
  }

  /** The end of a sub-process leads on behind it. */
  function leaveScope(element: ElementModel): void {
    const isLast = !model.flows.some(({ source }) => source === element.id);
    const scope = isLast && element.parent !== undefined ? elements.get(element.parent) : undefined;
    if (!scope || seen.has(`${scope.id} left`)) return;
    seen.add(`${scope.id} left`);
    leave(scope);
    leaveScope(scope);
  }
}

/** User tasks from which no other user task can be reached: the last chance to ask a person. */
export function lastUserTasks(model: ProcessModel): ElementModel[] {
  const tasks = model.elements.filter(({ kind }) => kind === 'userTask');
  return tasks.filter((task) => {
    const reached = reachable(model, task.id);
    return !tasks.some((other) => other !== task && reached.has(other.id));
  });
}

function reachable(model: ProcessModel, from: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [from];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    for (const { source, target } of model.flows) {
      if (source !== id || seen.has(target)) continue;
      seen.add(target);
      queue.push(target);
    }
  }
  return seen;
}
