import type { ElementModel, Expression, Mapping, MessageReference, TimerModel, Work } from './model.js';

/** Every expression an element holds, in the order of its members. Flows hold theirs in `condition`. */
export function expressionsOf(element: ElementModel): readonly Expression[] {
  const found: (Expression | undefined)[] = [];
  if ('inputs' in element) found.push(...mapped(element.inputs));
  if ('outputs' in element) found.push(...mapped(element.outputs));
  switch (element.kind) {
    case 'userTask': {
      const { assignee, candidateUsers, candidateGroups, dueAt, followUpAt, priority } = element;
      found.push(assignee, candidateUsers, candidateGroups, dueAt, followUpAt, priority);
      break;
    }
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      found.push(...ofWork(element.work));
      break;
    case 'receiveTask':
      found.push(...ofMessage(element.message));
      break;
    case 'callActivity':
      found.push(element.calledProcessId, element.businessKey);
      break;
    case 'startEvent':
    case 'intermediateCatchEvent':
    case 'boundaryEvent':
      if (element.event.type === 'message') found.push(...ofMessage(element.event.message));
      if (element.event.type === 'timer') found.push(element.event.timer.expression);
      break;
    case 'endEvent':
    case 'intermediateThrowEvent':
    case 'task':
    case 'manualTask':
    case 'subProcess':
    case 'exclusiveGateway':
    case 'parallelGateway':
      break;
  }
  return found.filter((expression) => expression !== undefined);
}

/** The timer an element waits for, if it does. */
export function timerOf(element: ElementModel): TimerModel | undefined {
  return 'event' in element && element.event.type === 'timer' ? element.event.timer : undefined;
}

function mapped(mappings: readonly Mapping[] | undefined): readonly Expression[] {
  return mappings?.map(({ source }) => source) ?? [];
}

function ofMessage({ name, correlationKey }: MessageReference): readonly (Expression | undefined)[] {
  return [name, correlationKey];
}

function ofWork(work: Work): readonly (Expression | undefined)[] {
  switch (work.kind) {
    case 'job':
      return [work.jobType, work.retries];
    case 'expression':
      return [work.expression];
    case 'decision':
      return [work.decisionId];
    case 'message':
      return [...ofMessage(work.message), ...mapped(work.variables)];
  }
}
