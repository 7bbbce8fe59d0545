import type { ElementModel, EventDefinition, Expression, Loop, Mapping, MessageReference, TimerModel, Work } from './model.js';

/** Every expression an element holds, in the order of its members. Flows hold theirs in `condition`. */
export function expressionsOf(element: ElementModel): readonly Expression[] {
  const found: (Expression | undefined)[] = [];
  if ('inputs' in element) found.push(...mapped(element.inputs));
  if ('outputs' in element) found.push(...mapped(element.outputs));
  if ('loop' in element && element.loop !== undefined) found.push(...ofLoop(element.loop));
  if ('event' in element) for (const event of definitionsOf(element.event)) found.push(...ofEvent(event));
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
      if (element.called.type === 'process') found.push(element.called.processId, element.called.businessKey);
      break;
    case 'subProcess':
      found.push(element.adHoc?.completionCondition, element.adHoc?.activeElements);
      break;
    case 'complexGateway':
      found.push(element.activationCondition);
      break;
    default:
      break;
  }
  return found.filter((expression) => expression !== undefined);
}

/** The timers an element waits for, if it does. */
export function timersOf(element: ElementModel): readonly TimerModel[] {
  if (!('event' in element)) return [];
  return definitionsOf(element.event).flatMap((event) => (event.type === 'timer' ? [event.timer] : []));
}

/** What an event is about: the definitions of a multiple one, one by one. */
export function definitionsOf(event: EventDefinition): readonly EventDefinition[] {
  return event.type === 'multiple' ? event.events : [event];
}

function ofEvent(event: EventDefinition): readonly (Expression | undefined)[] {
  switch (event.type) {
    case 'message':
      return 'work' in event ? ofWork(event.work) : ofMessage(event.message);
    case 'timer':
      return [event.timer.expression];
    case 'signal':
      return [event.name, ...mapped(event.variables)];
    case 'escalation':
      return mapped(event.variables);
    case 'conditional':
      return [event.condition];
    default:
      return [];
  }
}

function ofLoop(loop: Loop): readonly (Expression | undefined)[] {
  if (loop.kind === 'standard') return [loop.condition, loop.maximum];
  const { cardinality, collection, outputElement, completionCondition, behavior } = loop;
  const own = [cardinality, collection, outputElement, completionCondition];
  if (behavior === undefined) return own;
  if (behavior.type !== 'complex') return [...own, ...ofEvent(behavior.event)];
  return [...own, ...behavior.definitions.flatMap(({ condition, event }) => [condition, ...ofEvent(event)])];
}

function mapped(mappings: readonly Mapping[] | undefined): readonly Expression[] {
  return mappings?.map(({ source }) => source) ?? [];
}

function ofMessage({ name, correlationKey, conversation }: MessageReference): readonly (Expression | undefined)[] {
  return [name, correlationKey, ...(conversation?.properties ?? [])];
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
