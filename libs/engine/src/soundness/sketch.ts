import type { ElementId, ElementModel, FlowModel, ProcessModel } from '../model.js';
import { flowQuestion } from './abstraction.js';

/** An abstract model under reduction: elements and flows that can be taken out, and what stands for what. */
export class Sketch {
  readonly elements: Map<ElementId, ElementModel>;
  flows: FlowModel[];
  /** What an element stands for besides, or instead of, itself; by its id. */
  readonly members = new Map<ElementId, readonly string[]>();
  /** What a token meets on a flow, which was taken out; by the flow's id. */
  readonly riders = new Map<string, readonly string[]>();
  /** The shortest way through what was taken out: answers to questions that are no longer asked. */
  readonly preferred = new Map<string, boolean>();

  constructor(private readonly model: ProcessModel) {
    this.elements = new Map(model.elements.map((element) => [element.id, element]));
    this.flows = [...model.flows];
  }

  build(): ProcessModel {
    return { ...this.model, elements: [...this.elements.values()], flows: this.flows };
  }

  get(id: ElementId): ElementModel {
    return this.elements.get(id)!;
  }

  incoming(id: ElementId): readonly FlowModel[] {
    return this.flows.filter(({ target }) => target === id);
  }

  outgoing(id: ElementId): readonly FlowModel[] {
    return this.flows.filter(({ source }) => source === id);
  }

  boundaries(id: ElementId): readonly Extract<ElementModel, { readonly kind: 'boundaryEvent' }>[] {
    return [...this.elements.values()].filter((element) => element.kind === 'boundaryEvent').filter(({ attachedTo }) => attachedTo === id);
  }

  inside(id: ElementId): readonly ElementModel[] {
    return [...this.elements.values()].filter(({ parent }) => parent === id);
  }

  /** Does some way from an event on a border lead here? */
  isBehindBorder(id: ElementId): boolean {
    const seen = new Set<ElementId>();
    const open = [id];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const element = this.get(at);
      if (element.kind === 'boundaryEvent') return true;
      open.push(...this.incoming(at).map(({ source }) => source));
      // Where a link comes from is not looked for.
      if (element.kind === 'intermediateCatchEvent' && element.event.type === 'link') return true;
    }
    return false;
  }

  isAdHoc({ parent }: ElementModel): boolean {
    const around = parent === undefined ? undefined : this.get(parent);
    return around?.kind === 'subProcess' && around.adHoc !== undefined;
  }

  /** Everything an element stands for, itself included. */
  membersOf(id: ElementId): readonly string[] {
    return this.members.get(id) ?? [id];
  }

  ridersOf(id: string): readonly string[] {
    return this.riders.get(id) ?? [];
  }

  /** From now on one element stands for more. */
  absorb(id: ElementId, more: readonly string[]): void {
    this.members.set(id, [...new Set([...this.membersOf(id), ...more])]);
  }

  replaceFlow(flow: FlowModel, ...by: readonly FlowModel[]): void {
    this.flows = this.flows.flatMap((one) => (one.id === flow.id ? by : [one]));
  }

  /**
   * Take a way out of an exclusive or inclusive gateway away, which from now on is not taken. What remains of
   * a choice between two is no choice.
   */
  removeWay(flow: FlowModel): void {
    this.preferred.set(flowQuestion(flow.id), false);
    this.replaceFlow(flow);
    const from = this.get(flow.source);
    if ('defaultFlow' in from && from.defaultFlow === flow.id) {
      const { defaultFlow: _, ...rest } = from;
      this.elements.set(from.id, rest as ElementModel);
    }
    const [only, other] = this.outgoing(flow.source);
    if (only?.condition === undefined || other !== undefined) return;
    const { condition: _, ...unconditional } = only;
    this.preferred.set(flowQuestion(only.id), true);
    this.replaceFlow(only, unconditional);
  }

  /**
   * An activity, or an event that is waited for, that does nothing but take time: one way out, nothing on its
   * border, nothing to undo.
   */
  isPlain(id: ElementId): boolean {
    const element = this.get(id);
    if (!takesTime(element) || this.isAdHoc(element) || this.boundaries(id).length > 0) return false;
    const [out, ...others] = this.outgoing(id);
    if (out === undefined || others.length > 0 || out.condition !== undefined || out.target === id) return false;
    return this.incoming(id).every(({ source }) => this.get(source).kind !== 'eventBasedGateway');
  }

  /** A plain activity that one flow leads to, from this flow to the one out of it. */
  step(flow: FlowModel): { readonly id: ElementId; readonly out: FlowModel } | undefined {
    const { target: id } = flow;
    const [out] = this.outgoing(id);
    return out !== undefined && this.isPlain(id) && this.incoming(id).length === 1 ? { id, out } : undefined;
  }

  /** Let one plain activity stand for another one, too. If either can fail, it can. */
  unite(id: ElementId, other: ElementId): void {
    const [own, their] = [this.get(id), this.get(other)];
    if (own.kind !== 'userTask' && their.kind === 'userTask') this.elements.set(id, { ...their, id });
    this.absorb(id, this.membersOf(other));
    this.elements.delete(other);
  }
}

/** Does a token stay here for a while, and is that all that happens? */
function takesTime(element: ElementModel): boolean {
  switch (element.kind) {
    case 'userTask':
    case 'receiveTask': {
      const { loop, isForCompensation, startQuantity = 1, completionQuantity = 1 } = element;
      if (element.kind === 'receiveTask' && element.instantiate === true) return false;
      return loop === undefined && isForCompensation === undefined && startQuantity === 1 && completionQuantity === 1;
    }
    case 'intermediateCatchEvent':
      return element.event.type === 'timer' || element.event.type === 'message';
    default:
      return false;
  }
}
