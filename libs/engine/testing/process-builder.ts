import type {
  BoundaryEventModel,
  CallActivityModel,
  CalledProcess,
  CatchEventModel,
  DecisionWork,
  ElementId,
  ElementModel,
  EndEventModel,
  ErrorEvent,
  EventBasedGatewayModel,
  Expression,
  FlowModel,
  ProcessModel,
  StartEventModel,
  SubProcessModel,
  ThrowEventModel,
  TimerModel,
  UserTaskModel,
} from '../src/model.js';
import { activity, defined, feel, literal, mappings, message, timerText, written } from './options.js';
import type { ActivityOptions } from './options.js';

/**
 * Draw a process in words. Each element follows the one before; `from` goes back to one, `to` closes a path.
 *
 * A sub-process's inside is drawn by a function: `.subProcess('pack', (inside) => inside.start().task('wrap').end())`.
 */
export function process(id: string): ProcessBuilder {
  return new ProcessBuilder(id);
}

export class ProcessBuilder {
  private readonly elements: ElementModel[] = [];
  private readonly flows: FlowModel[] = [];
  private readonly parents: ElementId[] = [];
  private cursor: ElementId | undefined;
  private pending: Pick<FlowModel, 'condition'> & { readonly isDefault?: true } = {};

  constructor(private readonly id: string) {}

  build(): ProcessModel {
    return { id: this.id, executable: true, elements: [...this.elements], flows: [...this.flows] };
  }

  /** Go back to an element: what follows leaves it. */
  from(elementId: ElementId): this {
    this.cursor = elementId;
    this.pending = {};
    return this;
  }

  /** What follows has no way in from what stands before. */
  elsewhere(): this {
    this.cursor = undefined;
    this.pending = {};
    return this;
  }

  /** A flow to an element that exists. */
  to(elementId: ElementId): this {
    this.connect(elementId);
    this.cursor = undefined;
    return this;
  }

  /** The condition of the next flow. */
  when(condition: string): this {
    this.pending = { condition: feel(condition) };
    return this;
  }

  /** The next flow is the default of the element it leaves. */
  otherwise(): this {
    this.pending = { isDefault: true };
    return this;
  }

  start(
    id = 'start',
    options: Partial<Pick<StartEventModel, 'event' | 'initiatorVariable'>> & Pick<ActivityOptions, 'outputs'> = {},
  ): this {
    this.cursor = undefined;
    const { outputs, ...rest } = options;
    return this.add({ kind: 'startEvent', id, event: { type: 'none' }, ...rest, ...written(outputs) });
  }

  messageStart(id: string, name: string, outputs?: ActivityOptions['outputs']): this {
    return this.start(id, { event: { type: 'message', message: { name: literal(name) } }, ...(outputs === undefined ? {} : { outputs }) });
  }

  timerStart(id: string, kind: TimerModel['kind'], text: string): this {
    return this.start(id, { event: { type: 'timer', timer: { kind, expression: literal(text) } } });
  }

  end(id = 'end'): this {
    return this.add({ kind: 'endEvent', id, event: { type: 'none' } });
  }

  terminate(id: string): this {
    return this.add({ kind: 'endEvent', id, event: { type: 'terminate' } });
  }

  errorEnd(id: string, errorCode: string, errorMessage?: string): this {
    return this.add({ kind: 'endEvent', id, event: { type: 'error', errorCode, ...(errorMessage === undefined ? {} : { errorMessage }) } });
  }

  task(id: string, options: ActivityOptions = {}): this {
    return this.add({ kind: 'task', id, ...activity(options) });
  }

  manualTask(id: string, options: ActivityOptions = {}): this {
    return this.add({ kind: 'manualTask', id, ...activity(options) });
  }

  userTask(id: string, options: ActivityOptions & Partial<Omit<UserTaskModel, 'id' | 'kind' | 'inputs' | 'outputs'>> = {}): this {
    const { name, inputs, outputs, ...rest } = options;
    return this.add({ kind: 'userTask', id, ...rest, ...activity(defined({ name, inputs, outputs })) });
  }

  /** A job for a worker. */
  serviceTask(
    id: string,
    options: ActivityOptions & {
      readonly jobType?: Expression;
      readonly retries?: Expression;
      readonly resultVariable?: string;
      readonly headers?: Readonly<Record<string, string>>;
    } = {},
  ): this {
    const { jobType = literal('noop'), retries, resultVariable, headers, ...rest } = options;
    return this.add({
      kind: 'serviceTask',
      id,
      work: { kind: 'job', jobType, ...defined({ retries, resultVariable, headers }) },
      ...activity(rest),
    });
  }

  scriptTask(id: string, text: string, options: ActivityOptions & { readonly resultVariable?: string } = {}): this {
    const { resultVariable, ...rest } = options;
    return this.add({
      kind: 'scriptTask',
      id,
      work: { kind: 'expression', expression: feel(text), ...defined({ resultVariable }) },
      ...activity(rest),
    });
  }

  businessRuleTask(
    id: string,
    decisionId: string,
    options: ActivityOptions & Partial<Pick<DecisionWork, 'mapResult' | 'resultVariable'>> = {},
  ): this {
    const { mapResult = 'value', resultVariable, ...rest } = options;
    return this.add({
      kind: 'businessRuleTask',
      id,
      work: { kind: 'decision', decisionId: literal(decisionId), binding: { type: 'latest' }, mapResult, ...defined({ resultVariable }) },
      ...activity(rest),
    });
  }

  sendTask(
    id: string,
    name: string,
    options: ActivityOptions & { readonly key?: string; readonly variables?: Readonly<Record<string, string>> } = {},
  ): this {
    const { key, variables, ...rest } = options;
    return this.add({
      kind: 'sendTask',
      id,
      work: { kind: 'message', message: message(name, key), ...(variables === undefined ? {} : { variables: mappings(variables) }) },
      ...activity(rest),
    });
  }

  receiveTask(id: string, name: string, options: ActivityOptions & { readonly key?: string } = {}): this {
    const { key, ...rest } = options;
    return this.add({ kind: 'receiveTask', id, message: message(name, key), ...activity(rest) });
  }

  callActivity(
    id: string,
    calledProcessId: string,
    options: ActivityOptions &
      Partial<Pick<CalledProcess, 'passAllVariables' | 'returnAllVariables' | 'businessKey'>> &
      Partial<Pick<CallActivityModel, 'detached'>> = {},
  ): this {
    const { passAllVariables = false, returnAllVariables = false, businessKey, detached, ...rest } = options;
    const processId = literal(calledProcessId);
    const binding = { type: 'latest' as const };
    return this.add({
      kind: 'callActivity',
      id,
      called: { type: 'process', processId, binding, passAllVariables, returnAllVariables, ...defined({ businessKey }) },
      ...defined({ detached }),
      ...activity(rest),
    });
  }

  subProcess(
    id: string,
    inside: (builder: this) => unknown,
    options: ActivityOptions & Partial<Pick<SubProcessModel, 'transaction' | 'adHoc' | 'callable' | 'signals' | 'properties'>> = {},
  ): this {
    return this.container({ kind: 'subProcess', id, ...activity(options) }, inside);
  }

  /** Drawn anywhere in its scope; `start` is its start event. */
  eventSubProcess(
    id: string,
    start: Pick<StartEventModel, 'id' | 'event'> & Partial<Pick<StartEventModel, 'interrupting'>>,
    inside: (builder: this) => unknown,
  ): this {
    const back = this.cursor;
    this.cursor = undefined;
    this.container({ kind: 'subProcess', id, triggeredByEvent: true }, (builder) => {
      const { id: startId, ...options } = start;
      inside(builder.start(startId, options));
    });
    this.cursor = back;
    return this;
  }

  private container(element: ElementModel, inside: (builder: this) => unknown): this {
    const { id } = element;
    this.add(element);
    this.parents.push(id);
    this.cursor = undefined;
    inside(this);
    this.parents.pop();
    return this.from(id);
  }

  exclusive(id: string): this {
    return this.add({ kind: 'exclusiveGateway', id });
  }

  /** A fork, a join, or both. Named again, it is the one that exists. */
  parallel(id: string): this {
    return this.add({ kind: 'parallelGateway', id });
  }

  timerCatch(id: string, text: string, kind: TimerModel['kind'] = 'duration'): this {
    return this.add({ kind: 'intermediateCatchEvent', id, event: { type: 'timer', timer: { kind, expression: timerText(text) } } });
  }

  messageCatch(id: string, name: string, options: { readonly key?: string; readonly outputs?: ActivityOptions['outputs'] } = {}): this {
    return this.add({
      kind: 'intermediateCatchEvent',
      id,
      event: { type: 'message', message: message(name, options.key) },
      ...written(options.outputs),
    });
  }

  inclusive(id: string): this {
    return this.add({ kind: 'inclusiveGateway', id });
  }

  complex(id: string, activationCondition?: string): this {
    const condition = activationCondition === undefined ? {} : { activationCondition: feel(activationCondition) };
    return this.add({ kind: 'complexGateway', id, ...condition });
  }

  eventBased(id: string, options: Partial<Pick<EventBasedGatewayModel, 'instantiate' | 'parallel'>> = {}): this {
    return this.add({ kind: 'eventBasedGateway', id, ...options });
  }

  catches(id: string, event: CatchEventModel['event'], outputs?: ActivityOptions['outputs']): this {
    return this.add({ kind: 'intermediateCatchEvent', id, event, ...written(outputs) });
  }

  throws(id: string, event: ThrowEventModel['event']): this {
    return this.add({ kind: 'intermediateThrowEvent', id, event });
  }

  ends(id: string, event: EndEventModel['event']): this {
    return this.add({ kind: 'endEvent', id, event });
  }

  /** An event on an activity's border; what follows leaves it. */
  boundary(
    id: string,
    attachedTo: ElementId,
    event: BoundaryEventModel['event'],
    options: { readonly interrupting?: boolean } & Pick<ActivityOptions, 'outputs'> = {},
  ): this {
    const { interrupting = true, outputs } = options;
    return this.border({ kind: 'boundaryEvent', id, attachedTo, interrupting, event, ...written(outputs) });
  }

  throwNone(id: string): this {
    return this.add({ kind: 'intermediateThrowEvent', id, event: { type: 'none' } });
  }

  /** A timer on an activity's border; what follows leaves it. */
  boundaryTimer(
    id: string,
    attachedTo: ElementId,
    text: string,
    options: { readonly interrupting?: boolean; readonly kind?: TimerModel['kind'] } = {},
  ): this {
    const { interrupting = true, kind = 'duration' } = options;
    return this.border({
      kind: 'boundaryEvent',
      id,
      attachedTo,
      interrupting,
      event: { type: 'timer', timer: { kind, expression: timerText(text) } },
    });
  }

  /** An error catcher on an activity's border; what follows leaves it. Without a code it catches every error. */
  boundaryError(id: string, attachedTo: ElementId, event: Omit<ErrorEvent, 'type'> & Pick<ActivityOptions, 'outputs'> = {}): this {
    const { outputs, ...rest } = event;
    return this.border({
      kind: 'boundaryEvent',
      id,
      attachedTo,
      interrupting: true,
      event: { type: 'error', ...rest },
      ...written(outputs),
    });
  }

  private border(element: ElementModel): this {
    this.cursor = undefined;
    return this.add(element);
  }

  private add(element: ElementModel): this {
    const parent = this.parents.at(-1);
    if (!this.elements.some(({ id }) => id === element.id)) this.elements.push(parent === undefined ? element : { ...element, parent });
    this.connect(element.id);
    this.cursor = element.id;
    return this;
  }

  private connect(target: ElementId): void {
    const { cursor: source, pending } = this;
    this.pending = {};
    if (source === undefined) return;
    const parent = this.parents.at(-1);
    const same = this.flows.filter((flow) => flow.source === source && flow.target === target).length;
    const id = `${source}_to_${target}${same === 0 ? '' : `_${same + 1}`}`;
    const { condition, isDefault } = pending;
    this.flows.push({ id, source, target, ...defined({ parent, condition }) });
    if (isDefault) {
      const at = this.elements.findIndex((element) => element.id === source);
      const element = this.elements[at]!;
      if (!('event' in element) && element.kind !== 'eventBasedGateway') this.elements[at] = { ...element, defaultFlow: id };
    }
  }
}
