import type {
  ActivityBase,
  BehaviorEvent,
  ElementModel,
  EventDefinition,
  Expression,
  FlowModel,
  Loop,
  MessageReference,
  ProcessModel,
  SubProcessModel,
} from '../model.js';

/**
 * A process with everything left out that soundness must not depend on:
 *
 * - Conditions are free choices. Each becomes a question that an oracle answers (`oracle.ts`). An exclusive
 *   gateway takes any of its flows, whether a condition is written on it yet or not; where all flows of an
 *   element have conditions and none is the default, one of them is true.
 * - Every activity takes time: tasks of all kinds wait until somebody completes them. Whether a mistake shows
 *   must not depend on which task happens to be automatic.
 * - A multi-instance activity has two instances (none if its number is written as 0): the smallest number
 *   that shows what several do to each other. A standard loop goes on as long as it likes, if anything can end it.
 * - A timer or a condition happens some time, once.
 * - Variables, mappings, correlation keys, decisions, forms and people are gone.
 *
 * What is left has the same elements and flows with the same ids, and runs on the same engine.
 */
export function abstractModel(model: ProcessModel): ProcessModel {
  const outgoing = Map.groupBy(model.flows, ({ source }) => source);
  const elements = new Map(model.elements.map((element) => [element.id, element]));
  return {
    id: model.id,
    executable: true,
    elements: model.elements.map((element) => abstracted(element, model)),
    flows: model.flows.map((flow) => withQuestion(flow, elements.get(flow.source), outgoing.get(flow.source)?.length ?? 0)),
  };
}

export function question(text: string): Expression {
  return { language: 'feel', text };
}

export function literal(text: string): Expression {
  return { language: 'literal', text };
}

export function flowQuestion(flowId: string): string {
  return `flow:${flowId}`;
}

function withQuestion({ id, parent, source, target, condition }: FlowModel, from: ElementModel | undefined, siblings: number): FlowModel {
  const flow: FlowModel = { id, source, target, ...(parent === undefined ? {} : { parent }) };
  if (from === undefined || siblings < 2 || ('defaultFlow' in from && from.defaultFlow === id)) return flow;
  if (from.kind === 'parallelGateway' || from.kind === 'eventBasedGateway') return flow;
  const isFree = from.kind === 'exclusiveGateway' || condition !== undefined;
  return isFree ? { ...flow, condition: question(flowQuestion(id)) } : flow;
}

function abstracted(element: ElementModel, model: ProcessModel): ElementModel {
  const { id, name, parent } = element;
  const base = { id, ...(name === undefined ? {} : { name }), ...(parent === undefined ? {} : { parent }) };
  switch (element.kind) {
    case 'startEvent': {
      const { kind, event, interrupting } = element;
      return { ...base, kind, event: ofEvent(event, id), ...(interrupting === undefined ? {} : { interrupting }) } as ElementModel;
    }
    case 'endEvent':
    case 'intermediateCatchEvent':
    case 'intermediateThrowEvent':
      return { ...base, kind: element.kind, event: ofEvent(element.event, id) } as ElementModel;
    case 'boundaryEvent': {
      const { kind, attachedTo, interrupting, event } = element;
      return { ...base, kind, attachedTo, interrupting, event: ofEvent(event, id) } as ElementModel;
    }
    case 'userTask':
    case 'task':
    case 'manualTask':
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      return { ...base, kind: 'userTask', ...ofActivity(element) };
    case 'receiveTask': {
      const { kind, message, instantiate } = element;
      const own = { kind, message: named(message), ...(instantiate === undefined ? {} : { instantiate }) };
      return { ...base, ...own, ...ofActivity(element) };
    }
    case 'callActivity': {
      const { kind, called, detached } = element;
      const process = {
        type: 'process',
        processId: literal('called'),
        binding: { type: 'latest' },
        passAllVariables: false,
        returnAllVariables: false,
      } as const;
      const own = { kind, called: called.type === 'callable' ? called : process, ...(detached === undefined ? {} : { detached }) };
      return { ...base, ...own, ...ofActivity(element) };
    }
    case 'subProcess':
      return { ...base, kind: 'subProcess', ...ofSubProcess(element), ...ofActivity(element) };
    case 'exclusiveGateway':
    case 'parallelGateway':
    case 'inclusiveGateway':
    case 'eventBasedGateway':
      return element;
    case 'complexGateway': {
      const { activationCondition, ...rest } = element;
      const total = model.flows.filter(({ target }) => target === id).length;
      return activationCondition === undefined ? rest : { ...rest, activationCondition: ofActivation(activationCondition, id, total) };
    }
  }
}

function ofActivity({ id, defaultFlow, loop, isForCompensation, startQuantity, completionQuantity }: ActivityBase): Partial<ActivityBase> {
  return {
    ...(defaultFlow === undefined ? {} : { defaultFlow }),
    ...(loop === undefined ? {} : { loop: ofLoop(loop, id) }),
    ...(isForCompensation === undefined ? {} : { isForCompensation }),
    ...(startQuantity === undefined ? {} : { startQuantity }),
    ...(completionQuantity === undefined ? {} : { completionQuantity }),
  };
}

function ofLoop(loop: Loop, id: string): Loop {
  if (loop.kind === 'standard') {
    const { kind, testBefore, condition, maximum } = loop;
    const canEnd = condition !== undefined || maximum !== undefined;
    return { kind, testBefore, ...(canEnd ? { condition: question(`loop:${id}`) } : {}) };
  }
  const { kind, sequential, cardinality, completionCondition, behavior } = loop;
  const number = cardinality?.language === 'literal' ? Number(cardinality.text) : 2;
  return {
    kind,
    sequential,
    cardinality: literal(String(Number.isInteger(number) && number >= 0 ? Math.min(number, 2) : 2)),
    ...(completionCondition === undefined ? {} : { completionCondition: question(`completion:${id}`) }),
    ...(behavior === undefined ? {} : { behavior: ofBehavior(behavior, id) }),
  };
}

type Behavior = NonNullable<Extract<Loop, { readonly kind: 'multiInstance' }>['behavior']>;

function ofBehavior(behavior: Behavior, id: string): Behavior {
  const thrown = (event: BehaviorEvent) => ofEvent(event, id) as BehaviorEvent;
  if (behavior.type !== 'complex') return { type: behavior.type, event: thrown(behavior.event) };
  const definitions = behavior.definitions.map(({ event }, index) => ({
    condition: question(`behavior:${id}:${index}`),
    event: thrown(event),
  }));
  return { type: 'complex', definitions };
}

function ofSubProcess({ id, triggeredByEvent, transaction, adHoc, callable, signals }: SubProcessModel): Partial<SubProcessModel> {
  return {
    ...(triggeredByEvent === undefined ? {} : { triggeredByEvent }),
    ...(transaction === undefined ? {} : { transaction }),
    ...(callable === undefined ? {} : { callable }),
    ...(signals === undefined ? {} : { signals }),
    ...(adHoc === undefined
      ? {}
      : {
          adHoc: {
            ordering: adHoc.ordering,
            cancelRemaining: adHoc.cancelRemaining,
            ...(adHoc.completionCondition === undefined ? {} : { completionCondition: question(`completion:${id}`) }),
          },
        }),
  };
}

const AT_LEAST = /^\s*=?\s*(?:\$\{)?\s*activationCount\s*(>=|>|==?)\s*(\d+)\s*\}?\s*$/;

/** The usual `activationCount >= 2` is kept; any other may be true at any time, and is true once every flow has brought a token. */
function ofActivation({ text }: Expression, id: string, total: number): Expression {
  const [, sign, number] = AT_LEAST.exec(text) ?? [];
  if (sign === undefined) return question(`activation:${total}:${id}`);
  return question(`atLeast:${Number(number) + (sign === '>' ? 1 : 0)}`);
}

function named({ name }: MessageReference): MessageReference {
  return { name: literal(name.text === '' ? 'message' : name.text) };
}

function ofEvent(event: EventDefinition, id: string): EventDefinition {
  switch (event.type) {
    case 'message':
      if ('message' in event) return { type: 'message', message: named(event.message) };
      return {
        type: 'message',
        work: { kind: 'message', message: { name: literal(event.work.kind === 'message' ? event.work.message.name.text : id) } },
      };
    case 'timer':
    case 'conditional':
      return { type: 'timer', timer: { kind: 'duration', expression: literal('PT1H') } };
    case 'signal': {
      const { type, name, scoped } = event;
      return { type, name: literal(name.text === '' ? 'signal' : name.text), ...(scoped === undefined ? {} : { scoped }) };
    }
    case 'error':
      return { type: 'error', ...(event.errorCode === undefined ? {} : { errorCode: event.errorCode }) };
    case 'escalation':
      return { type: 'escalation', ...(event.escalationCode === undefined ? {} : { escalationCode: event.escalationCode }) };
    case 'multiple':
      return { ...event, events: event.events.map((one) => ofEvent(one as EventDefinition, id)) } as EventDefinition;
    default:
      return event;
  }
}
