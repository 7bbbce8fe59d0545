import type {
  ElementModel,
  Expression,
  FlowModel,
  Loop,
  PassThroughTaskModel,
  ProcessModel,
  SubProcessModel,
  WorkTaskModel,
} from '@baton/engine';

/** Small processes, written so that the picture can be seen: elements by kind, flows as `'start -> fork -> a -> join'`. */
type Named<Kind extends ElementModel['kind']> = Extract<ElementModel, { readonly kind: Kind }>;
type Options<Kind extends ElementModel['kind']> = Partial<Omit<Named<Kind>, 'id' | 'kind'>>;

export const literal = (text: string): Expression => ({ language: 'literal', text });
export const feel = (text: string): Expression => ({ language: 'feel', text });

export const none = { type: 'none' } as const;
export const terminate = { type: 'terminate' } as const;
export const cancel = { type: 'cancel' } as const;
export const timer = (text: string, kind: 'duration' | 'cycle' = 'duration') =>
  ({ type: 'timer', timer: { kind, expression: literal(text) } }) as const;
export const message = (name: string) => ({ type: 'message', message: { name: literal(name) } }) as const;
export const signal = (name: string) => ({ type: 'signal', name: literal(name) }) as const;
export const error = (errorCode?: string) => ({ type: 'error', ...(errorCode === undefined ? {} : { errorCode }) }) as const;
export const escalation = (escalationCode?: string) =>
  ({ type: 'escalation', ...(escalationCode === undefined ? {} : { escalationCode }) }) as const;
export const link = (name: string) => ({ type: 'link', name }) as const;
export const compensation = (options: { handler?: string; activityRefs?: string[]; waitForCompletion?: boolean } = {}) =>
  ({ type: 'compensation', ...options }) as const;

export const start = (id = 'start', options: Options<'startEvent'> = {}): ElementModel => ({
  kind: 'startEvent',
  id,
  event: none,
  ...options,
});
export const end = (id = 'end', event: Named<'endEvent'>['event'] = none): ElementModel => ({ kind: 'endEvent', id, event });
export const user = (id: string, options: Options<'userTask'> = {}): ElementModel => ({ kind: 'userTask', id, ...options });
type TaskOptions = Partial<Omit<PassThroughTaskModel, 'id' | 'kind'>>;
type WorkOptions = Partial<Omit<WorkTaskModel, 'id' | 'kind'>>;
export const task = (id: string, options: TaskOptions = {}): ElementModel => ({ kind: 'task', id, ...options });
export const service = (id: string, options: WorkOptions = {}): ElementModel => ({
  kind: 'serviceTask',
  id,
  work: { kind: 'job', jobType: literal('noop') },
  ...options,
});
export const script = (id: string, text: string, options: WorkOptions = {}): ElementModel => ({
  kind: 'scriptTask',
  id,
  work: { kind: 'expression', expression: feel(text) },
  ...options,
});
export const receive = (id: string, name: string): ElementModel => ({ kind: 'receiveTask', id, message: { name: literal(name) } });
export const caught = (id: string, event: Named<'intermediateCatchEvent'>['event']): ElementModel => ({
  kind: 'intermediateCatchEvent',
  id,
  event,
});
export const thrown = (id: string, event: Named<'intermediateThrowEvent'>['event']): ElementModel => ({
  kind: 'intermediateThrowEvent',
  id,
  event,
});
export const border = (id: string, attachedTo: string, event: Named<'boundaryEvent'>['event'], interrupting = true): ElementModel => ({
  kind: 'boundaryEvent',
  id,
  attachedTo,
  interrupting,
  event,
});
export const xor = (id: string): ElementModel => ({ kind: 'exclusiveGateway', id });
export const and = (id: string): ElementModel => ({ kind: 'parallelGateway', id });
export const or = (id: string): ElementModel => ({ kind: 'inclusiveGateway', id });
export const firstOf = (id: string): ElementModel => ({ kind: 'eventBasedGateway', id });

/** A sub-process with what lies in it. */
export const sub = (id: string, inside: readonly ElementModel[], options: Partial<Omit<SubProcessModel, 'id' | 'kind'>> = {}) => [
  { kind: 'subProcess' as const, id, ...options },
  ...inside.map((element) => (element.parent === undefined ? { ...element, parent: id } : element)),
];
export const eventSub = (id: string, inside: readonly ElementModel[]) => sub(id, inside, { triggeredByEvent: true });

export const times = (cardinality: number, options: Partial<Extract<Loop, { kind: 'multiInstance' }>> = {}): Loop => ({
  kind: 'multiInstance',
  sequential: false,
  cardinality: literal(String(cardinality)),
  ...options,
});

/**
 * A process. A flow's condition stands before its target, `'gate -> [n > 3] a'`; `[default]` marks the default.
 */
export function sketch(elements: readonly ElementModel[], ...chains: readonly string[]): ProcessModel {
  const flows: FlowModel[] = [];
  const defaults = new Map<string, string>();
  for (const chain of chains) {
    const names = chain.split('->').map((name) => name.trim());
    for (const [index, name] of names.slice(1).entries()) {
      const [, condition, target = ''] = /^(?:\[(.*)\]\s*)?(.*)$/.exec(name) ?? [];
      const source = (names[index] ?? '').replace(/^\[.*\]\s*/, '');
      const id = `${source}-${target}-${flows.length}`;
      const parent = elements.find((element) => element.id === source)?.parent;
      if (condition === 'default') defaults.set(source, id);
      flows.push({
        id,
        source,
        target,
        ...(parent === undefined ? {} : { parent }),
        ...(condition === undefined || condition === 'default' ? {} : { condition: feel(condition) }),
      });
    }
  }
  return {
    id: 'sketch',
    executable: true,
    elements: elements.map((element) => withDefault(element, defaults.get(element.id))),
    flows,
  };
}

function withDefault(element: ElementModel, defaultFlow: string | undefined): ElementModel {
  return defaultFlow === undefined ? element : ({ ...element, defaultFlow } as ElementModel);
}
