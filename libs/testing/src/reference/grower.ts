import type { BoundaryEventModel, ElementModel, FlowModel, Loop, ProcessModel, StartEventModel } from '@baton/engine';
import { caughtEvent, feel, finishEvent, loopOf, step, waitEvent } from './random-elements.js';
import type { Border, Branch, Extras, Handler, Plan } from './random-plan.js';

/** A flow that has left its source and has no target yet. */
interface Open {
  readonly source: string;
  readonly condition?: string;
  readonly isDefault?: true;
}

/** Turns a plan into a process with ids. When the room is used up, what is left of the plan is left out. */
export class Grower {
  private readonly elements: ElementModel[] = [];
  private readonly flows: FlowModel[] = [];
  private readonly defaults = new Map<string, string>();
  private readonly parents: string[] = [];
  private readonly transactions = new Set<string>();

  constructor(private readonly room: number) {}

  process(plan: Plan): ProcessModel {
    this.close(this.grow(plan, this.add({ kind: 'startEvent', id: this.name('start'), event: { type: 'none' } }, [])));
    const elements = this.elements.map((element) => {
      const defaultFlow = this.defaults.get(element.id);
      return defaultFlow === undefined ? element : ({ ...element, defaultFlow } as ElementModel);
    });
    return { id: 'random', executable: true, elements, flows: this.flows };
  }

  private grow(plan: Plan, opens: readonly Open[]): readonly Open[] {
    if (opens.length === 0 || this.room - this.elements.length < 6) return opens;
    switch (plan.type) {
      case 'step':
        return this.step(plan, opens);
      case 'sequence':
        return plan.plans.reduce((exits, each) => this.grow(each, exits), opens);
      case 'choice':
        return this.choice(plan.branches, opens);
      case 'both':
        return this.forkAndJoin('parallelGateway', plan.branches, opens);
      case 'any':
        return this.forkAndJoin('inclusiveGateway', plan.branches, opens);
      case 'first': {
        const gate = this.add({ kind: 'eventBasedGateway', id: this.name('first') }, this.one(opens));
        return plan.branches.flatMap(({ event, name, plan: then }) =>
          this.grow(then, this.add(waitEvent(this.name(event), event, name), gate)),
        );
      }
      case 'repeat':
        return this.repeat(plan, opens);
      case 'inside':
        return this.inside(plan, opens);
      case 'finish':
        this.add(
          {
            kind: 'endEvent',
            id: this.name('end'),
            event: finishEvent(
              plan.how,
              plan.name,
              this.parents.some((parent) => this.transactions.has(parent)),
            ),
          },
          opens,
        );
        return [];
    }
  }

  private step({ step: kind, extras }: Extract<Plan, { type: 'step' }>, opens: readonly Open[]): readonly Open[] {
    const id = this.name(kind);
    if (kind === 'link') {
      const name = `link-${id}`;
      this.add({ kind: 'intermediateThrowEvent', id, event: { type: 'link', name } }, opens);
      return this.add({ kind: 'intermediateCatchEvent', id: this.name('caught'), event: { type: 'link', name } }, []);
    }
    const element = step(id, kind, extras.name);
    const isActivity = element.kind.endsWith('Task') || element.kind === 'task';
    if (!isActivity) return this.add(element, opens);
    const loops = extras.loop !== undefined && element.kind !== 'receiveTask';
    const exits = this.add(loops ? withLoop(element, loopOf(extras.loop)) : element, opens);
    return [...exits, ...this.around(id, extras, ['userTask', 'serviceTask', 'receiveTask'].includes(kind))];
  }

  /** Boundary events and compensation of an activity; returns what leaves by its border. */
  private around(id: string, { undo, borders }: Extras, waits: boolean): readonly Open[] {
    if (undo && this.room - this.elements.length > 6) {
      const handler = this.name('undo');
      this.add(
        { kind: 'boundaryEvent', id: this.name('done'), attachedTo: id, interrupting: true, event: { type: 'compensation', handler } },
        [],
      );
      this.add({ kind: 'userTask', id: handler, isForCompensation: true }, []);
    }
    return waits ? borders.flatMap((border) => this.border(id, border)) : [];
  }

  private border(attachedTo: string, { event, name, interrupting, plan }: Border): readonly Open[] {
    if (this.room - this.elements.length < 6) return [];
    const element: BoundaryEventModel = {
      kind: 'boundaryEvent',
      id: this.name('on'),
      attachedTo,
      interrupting: interrupting || event === 'error',
      event: caughtEvent(event, name),
    };
    return this.grow(plan, this.add(element, []));
  }

  private choice(branches: readonly Branch[], opens: readonly Open[]): readonly Open[] {
    const gate = this.add({ kind: 'exclusiveGateway', id: this.name('choice') }, opens);
    const exits = this.branches(gate, branches).flat();
    return branches.length % 2 === 0 ? this.one(exits) : exits;
  }

  private forkAndJoin(kind: 'parallelGateway' | 'inclusiveGateway', branches: readonly Branch[], opens: readonly Open[]): readonly Open[] {
    const fork = this.add({ kind, id: this.name('fork') }, this.one(opens));
    const grown = kind === 'parallelGateway' ? branches.map(({ plan }) => this.grow(plan, fork)) : this.branches(fork, branches);
    const exits = grown.flatMap((each) => this.one(each));
    return exits.length === 0 ? [] : this.add({ kind, id: this.name('join') }, exits);
  }

  /** Conditional branches; the last is the default. */
  private branches(gate: readonly Open[], branches: readonly Branch[]): readonly (readonly Open[])[] {
    return branches.map(({ plan, condition }, index) =>
      this.grow(
        plan,
        gate.map(({ source }) => (index === branches.length - 1 ? { source, isDefault: true } : { source, condition })),
      ),
    );
  }

  /** Every round counts, so that it ends. */
  private repeat({ plan, until }: Extract<Plan, { type: 'repeat' }>, opens: readonly Open[]): readonly Open[] {
    const back = this.add({ kind: 'exclusiveGateway', id: this.name('again') }, opens);
    const counted = this.add(step(this.name('count'), 'scriptTask', 0), back);
    const exits = this.grow(plan, counted);
    if (exits.length === 0) return [];
    const gate = this.add({ kind: 'exclusiveGateway', id: this.name('enough') }, exits);
    const [target] = back;
    if (target !== undefined)
      this.connect(
        gate.map(({ source }) => ({ source, isDefault: true })),
        target.source,
      );
    return gate.map(({ source }) => ({ source, condition: `n > ${until}` }));
  }

  private inside(plan: Extract<Plan, { type: 'inside' }>, opens: readonly Open[]): readonly Open[] {
    const { extras, transaction, handler } = plan;
    const id = this.name('sub');
    const loop = extras.loop === undefined ? {} : { loop: loopOf(extras.loop) };
    const exits = this.add({ kind: 'subProcess', id, ...(transaction ? { transaction } : {}), ...loop }, opens);
    if (transaction) this.transactions.add(id);
    this.within(id, () => {
      this.close(this.grow(plan.plan, this.add({ kind: 'startEvent', id: this.name('start'), event: { type: 'none' } }, [])));
      if (handler !== undefined && this.room - this.elements.length > 6) this.handler(handler);
    });
    const canceled: readonly Open[] =
      transaction && this.room - this.elements.length > 6
        ? this.add({ kind: 'boundaryEvent', id: this.name('canceled'), attachedTo: id, interrupting: true, event: { type: 'cancel' } }, [])
        : [];
    return [...exits, ...canceled, ...this.around(id, extras, true)];
  }

  private handler({ event, name, interrupting, plan }: Handler): void {
    const id = this.name('handler');
    this.add({ kind: 'subProcess', id, triggeredByEvent: true }, []);
    const start: StartEventModel = {
      kind: 'startEvent',
      id: this.name('on'),
      interrupting: interrupting || event === 'error',
      event: event === 'compensation' ? { type: 'compensation' } : caughtEvent(event, name),
    };
    this.within(id, () => this.close(this.grow(plan, this.add(start, []))));
  }

  private within(id: string, grow: () => void): void {
    this.parents.push(id);
    grow();
    this.parents.pop();
  }

  /** One flow instead of several that each bring one token. */
  private one(opens: readonly Open[]): readonly Open[] {
    return opens.length <= 1 ? opens : this.add({ kind: 'exclusiveGateway', id: this.name('merge') }, opens);
  }

  private close(opens: readonly Open[]): void {
    if (opens.length > 0) this.add({ kind: 'endEvent', id: this.name('end'), event: { type: 'none' } }, opens);
  }

  private name(stem: string): string {
    return `${stem}${this.elements.length}`;
  }

  private add(element: ElementModel, opens: readonly Open[]): readonly Open[] {
    const parent = this.parents.at(-1);
    this.elements.push(parent === undefined ? element : { ...element, parent });
    this.connect(opens, element.id);
    return [{ source: element.id }];
  }

  private connect(opens: readonly Open[], target: string): void {
    const parent = this.parents.at(-1);
    for (const { source, condition, isDefault } of opens) {
      const id = `flow${this.flows.length}`;
      if (isDefault) this.defaults.set(source, id);
      this.flows.push({
        id,
        source,
        target,
        ...(parent === undefined ? {} : { parent }),
        ...(condition === undefined ? {} : { condition: feel(condition) }),
      });
    }
  }
}

function withLoop(element: ElementModel, loop: Loop): ElementModel {
  return { ...element, loop } as ElementModel;
}
