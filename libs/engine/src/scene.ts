import { endAdHocEarly } from './ad-hoc.js';
import { Evaluator } from './evaluator.js';
import type { ElementInstance, Key } from './instance.js';
import type { Variables } from './json.js';
import type { ElementModel, Mapping } from './model.js';
import { recordCompensation } from './compensation/record.js';
import { EvaluationFailed } from './ports.js';
import type { Element, Flow } from './process.js';
import type { Run } from './run.js';
import { chooseFlows } from './routing.js';
import { visibleVariables } from './scope-view.js';
import { find, get } from './table.js';
import { isEmpty, NO_VARIABLES } from './variables.js';

/** How a token came to its element. */
export interface Arrival {
  /** The flow it came on. */
  readonly via?: string;
  /** Which inner instance of a loop it is, from 1. */
  readonly loopCounter?: number;
  /** An event was caught here. */
  readonly caught?: true;
  /** It undoes something for this element instance. */
  readonly compensates?: Key;
}

/** From nowhere in particular. */
export const PLAINLY: Arrival = Object.freeze({});

/**
 * A behavior's whole view of the world, and every move it may make: one visit to one element.
 *
 * The visit becomes an element instance only when it has to stay, or to own something; a token that
 * goes straight on leaves one `elementPassed` event and nothing in the state.
 */
export class Scene<M extends ElementModel = ElementModel> extends Evaluator {
  /** Is the work done, so that only the way out can still fail? */
  private isLeaving = false;

  constructor(
    run: Run,
    readonly element: Element<M>,
    /** The scope the element lies in. */
    readonly scope: Key,
    readonly arrival: Arrival = PLAINLY,
    /** Of the element instance, once there is one. */
    private activeKey: Key = -1,
  ) {
    super(run, scope);
  }

  get model(): M {
    return this.element.model;
  }

  get isActive(): boolean {
    return this.activeKey >= 0;
  }

  /** Of the element instance; of the one it would be, as long as the visit has not become one. */
  get key(): Key {
    return this.activeKey >= 0 ? this.activeKey : this.run.instance.nextKey;
  }

  get token(): ElementInstance {
    return get(this.run.instance.elements, this.activeKey);
  }

  /** Is it one of the inner instances of a loop? */
  get isInner(): boolean {
    return this.arrival.loopCounter !== undefined;
  }

  /** Has something here failed? It stands until someone has looked at it; what ends inside meanwhile does not ask again. */
  get hasIncident(): boolean {
    return this.instance.incidents.some(({ host }) => host === this.activeKey);
  }

  /** The innermost scope the element sees: its own, where it has one. */
  override get innerScope(): Key {
    return this.hasScope ? this.activeKey : this.scope;
  }

  private get hasScope(): boolean {
    return this.activeKey >= 0 && find(this.run.instance.scopes, this.activeKey) !== undefined;
  }

  get variables(): Variables {
    return visibleVariables(this.instance, this.innerScope);
  }

  /** Stay: become an element instance, with a scope of its own if there are variables for it. */
  activate(variables?: Variables): Key {
    if (this.activeKey >= 0) {
      if (variables !== undefined && !this.hasScope) {
        this.run.emit({ type: 'scopeOpened', scope: this.activeKey, parent: this.scope, variables });
      }
      return this.activeKey;
    }
    const { via, loopCounter, caught, compensates } = this.arrival;
    const key = this.run.instance.nextKey;
    this.activeKey = key;
    this.run.emit({
      type: 'elementActivated',
      key,
      elementId: this.element.id,
      scope: this.scope,
      ...(via === undefined ? undefined : { via }),
      ...(loopCounter === undefined ? undefined : { loopCounter }),
      ...(variables === undefined ? undefined : { variables }),
      ...(caught === undefined ? undefined : { caught }),
      ...(compensates === undefined ? undefined : { compensates }),
    });
    return key;
  }

  /** Map the inputs into the element's own scope; once, unless it is an inner instance that is tried again. */
  openInputs(inputs: readonly Mapping[]): void {
    if (!this.hasScope) this.activate(this.map(inputs));
    else if (this.isInner) this.run.writeTo(this.activeKey, this.map(inputs));
  }

  /** Write variables from here outwards (`docs/decisions/0012`). */
  write(variables: Variables): void {
    this.run.write(this.innerScope, variables);
  }

  /** The work is done: its results go in, and the token goes on. */
  complete(results: Variables = NO_VARIABLES): void {
    this.keep(results);
    this.leave();
  }

  /** An event came: its payload goes to the scope the event waits in, and the token goes on. */
  receive(payload: Variables): void {
    if (this.element.outputs === undefined) this.run.writeTo(this.scope, payload);
    else this.keep(payload);
    this.leave();
  }

  /** With output mappings results stay inside, for the mappings to read; without, they go out. */
  keep(results: Variables): void {
    if (isEmpty(results)) return;
    if (this.element.outputs === undefined) this.write(results);
    else if (this.hasScope) this.run.writeTo(this.activeKey, results);
    else this.activate(results);
  }

  /** The way out: write the outputs, take the outgoing flows whose conditions say so. */
  leave(joined?: readonly Key[]): void {
    this.isLeaving = true;
    const { outputs, hasConditions, outgoing, loop } = this.element;
    // What a loop gives as a whole was mapped by its inner instances.
    if (outputs !== undefined && (loop === undefined || this.isInner)) this.run.write(this.scope, this.map(outputs));
    if (this.isInner) return this.depart([]);
    this.depart(hasConditions ? chooseFlows(this) : outgoing, joined);
  }

  /** End this visit and take these flows, in their order. */
  depart(flows: readonly Flow[], joined?: readonly Key[]): void {
    const { run, scope, element } = this;
    if (element.compensation !== undefined || this.activeKey >= 0) recordCompensation(this);
    if (this.activeKey >= 0 && this.token.compensating !== undefined) run.undoNext(this);
    const { compensates } = this.arrival;
    const output = this.isInner ? outputOf(this) : undefined;
    this.end(output, joined);
    for (const flow of flows) for (let count = 0; count < element.completionQuantity; count++) run.take(flow, scope);
    // Whoever waits for this visit decides how its scope goes on.
    if (compensates !== undefined) run.resume(compensates, NO_VARIABLES);
    else if (this.isInner) run.resume(scope, NO_VARIABLES);
    else if (flows.length === 0) run.endScopeIfEmpty(scope);
    else if (scope !== 0) endAdHocEarly(run, scope);
  }

  private end(output: ReturnType<typeof outputOf>, joined: readonly Key[] | undefined): void {
    const { run, scope } = this;
    const elementId = this.element.id;
    if (this.activeKey >= 0 && output === undefined && joined === undefined) {
      return run.emit({ type: 'elementCompleted', key: this.activeKey, elementId });
    }
    const more = {
      ...(output === undefined ? undefined : { output }),
      ...(joined === undefined ? undefined : { joined }),
    };
    if (this.activeKey >= 0) return run.emit({ type: 'elementCompleted', key: this.activeKey, elementId, ...more });
    const { via, loopCounter, caught } = this.arrival;
    const key = run.instance.nextKey;
    if (via !== undefined && output === undefined && joined === undefined && loopCounter === undefined && caught === undefined) {
      return run.emit({ type: 'elementPassed', key, elementId, scope, via }); // nearly always, and quick
    }
    run.emit({
      type: 'elementPassed',
      key,
      elementId,
      scope,
      ...(via === undefined ? undefined : { via }),
      ...(loopCounter === undefined ? undefined : { loopCounter }),
      ...(caught === undefined ? undefined : { caught }),
      ...more,
    });
  }

  /** Stop here until a person has looked at it. */
  stop(code: string, message: string, reads?: Variables): void {
    const host = this.activate();
    this.run.emit({
      type: 'incidentCreated',
      incident: this.run.instance.nextKey,
      key: host,
      elementId: this.element.id,
      code,
      message,
      ...(reads === undefined || isEmpty(reads) ? {} : { reads }),
      ...(this.isLeaving ? { retry: 'leave' as const } : {}),
    });
  }

  /** Turn a failed evaluation into an incident. Any other exception is a bug and goes on. */
  fail(error: unknown): void {
    if (!(error instanceof EvaluationFailed)) throw error;
    this.stop(error.code, error.message, error.reads);
  }
}

/** What an inner instance adds to the output collection. */
function outputOf(scene: Scene) {
  const { loop } = scene.element;
  if (loop?.kind !== 'multiInstance' || loop.outputElement === undefined) return undefined;
  return scene.value(loop.outputElement);
}
