import type {
  CallActivityModel,
  DecisionWork,
  ElementId,
  ElementModel,
  ErrorEvent,
  Expression,
  FlowModel,
  Mapping,
  ProcessModel,
  StartEventModel,
  TimerModel,
  UserTaskModel,
} from '../src/model.js';

/** Text that stands for itself. */
export function literal(text: string): Expression {
  return { language: 'literal', text };
}

/** Text of the test language (`tiny-expressions.ts`), or of FEEL with the real port. */
export function feel(text: string): Expression {
  return { language: 'feel', text };
}

/** `{ target: source }` as mappings. */
export function mappings(sources: Readonly<Record<string, string>>): readonly Mapping[] {
  return Object.entries(sources).map(([target, source]) => ({ target, source: feel(source) }));
}

/** What any activity may carry besides its own. */
export interface ActivityOptions {
  readonly name?: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
}

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
    return this.add({
      kind: 'userTask',
      id,
      ...rest,
      ...activity({ ...(name === undefined ? {} : { name }), ...defined({ inputs, outputs }) }),
    });
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
    options: ActivityOptions & Partial<Pick<CallActivityModel, 'passAllVariables' | 'returnAllVariables' | 'businessKey'>> = {},
  ): this {
    const { passAllVariables = false, returnAllVariables = false, businessKey, ...rest } = options;
    return this.add({
      kind: 'callActivity',
      id,
      calledProcessId: literal(calledProcessId),
      binding: { type: 'latest' },
      passAllVariables,
      returnAllVariables,
      ...defined({ businessKey }),
      ...activity(rest),
    });
  }

  subProcess(id: string, inside: (builder: this) => unknown, options: ActivityOptions = {}): this {
    this.add({ kind: 'subProcess', id, ...activity(options) });
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
      if (!('event' in element)) this.elements[at] = { ...element, defaultFlow: id };
    }
  }
}

function message(name: string, key: string | undefined): { readonly name: Expression; readonly correlationKey?: Expression } {
  return key === undefined ? { name: literal(name) } : { name: literal(name), correlationKey: feel(key) };
}

/** `=x` is an expression, anything else a time. */
function timerText(text: string): Expression {
  return text.startsWith('=') ? feel(text.slice(1)) : literal(text);
}

function activity({ name, inputs, outputs }: ActivityOptions): {
  readonly name?: string;
  readonly inputs?: readonly Mapping[];
  readonly outputs?: readonly Mapping[];
} {
  return { ...defined({ name }), ...(inputs === undefined ? {} : { inputs: mappings(inputs) }), ...written(outputs) };
}

function written(outputs: ActivityOptions['outputs']): { readonly outputs?: readonly Mapping[] } {
  return outputs === undefined ? {} : { outputs: mappings(outputs) };
}

/** The members that have a value: models leave out what they do not say. */
function defined<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };
}
