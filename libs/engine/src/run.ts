import { apply } from './apply.js';
import { endAdHocEarly } from './ad-hoc.js';
import { armBoundaries } from './triggers/boundaries.js';
import { lookAtConditions } from './triggers/conditions.js';
import { takeKeptSignals } from './triggers/signals.js';
import type { Command } from './command.js';
import { nextToUndo } from './compensation/start.js';
import type { Event } from './event.js';
import { holdForQuantity, lacksInputs } from './gates.js';
import { innerVariables } from './loops/inner-variables.js';
import type { ElementInstance, Instance, Key, Token } from './instance.js';
import type { Json, Variables } from './json.js';
import type { ElementId } from './model.js';
import type { Element, Flow, Process } from './process.js';
import { PLAINLY, Scene } from './scene.js';
import type { Arrival } from './scene.js';
import { holderOf } from './scope-view.js';
import { find, get } from './table.js';
import { isEmpty, setOwn } from './variables.js';

/** Elements one command may enter. What is left then goes on with a `continue` command. */
export const TRANSITIONS_PER_STEP_MAX = 1_000;

/** Elements entered since something outside last answered. A model that needs more is looping without waiting. */
export const TRANSITIONS_WITHOUT_WAIT_MAX = 100_000;

/** Every inner instance of a loop brings this many of its own, … */
export const TRANSITIONS_PER_ITEM = 100;

/** … up to this many inner instances since something outside last answered. */
export const ITEMS_WITHOUT_WAIT_MAX = 200_000;

/** A token on its way to an element. */
interface Arriving {
  readonly element: Element;
  readonly scope: Key;
  readonly arrival: Arrival;
  /** It is there already and is entered again; else `NEW`. */
  readonly key: Key;
}

const NEW: Key = -1;

/** One step under way: the instance, the tokens on their way to an element, and what happened so far. */
export class Run {
  readonly events: Event[] = [];
  /** Variables were written, and something waits for some. */
  haveVariablesChanged = false;
  /** Something has begun to wait for a scoped signal that was kept. */
  mayTakeSignals = false;
  private queue: Arriving[] = [];
  private head = 0;
  private entered = 0;

  constructor(
    readonly process: Process,
    readonly instance: Instance,
    /** On resume each answer that was kept takes its turn. */
    public command: Command,
  ) {
    if (instance.ready.length > 0) this.queue = instance.ready.map((token) => this.arriving(token));
  }

  emit(event: Event): void {
    this.events.push(event);
    apply(this.instance, event);
  }

  /** Say when this happens. Time never goes back, whatever the command says. */
  advanceTime(): void {
    if (this.command.at > this.instance.at) this.emit({ type: 'timeAdvanced', at: this.command.at });
  }

  element(elementId: ElementId): Element {
    const element = this.process.byId.get(elementId);
    if (element === undefined) throw new Error(`Expected process ${this.process.id} to have an element ${elementId}, but it has none.`);
    return element;
  }

  token(key: Key): ElementInstance {
    return get(this.instance.elements, key);
  }

  isAlive(key: Key): boolean {
    return find(this.instance.elements, key) !== undefined;
  }

  /** The element of a live element instance. */
  elementOf(key: Key): Element {
    return this.element(this.token(key).elementId);
  }

  /** A visit that is under way, seen anew. */
  scene(key: Key): Scene {
    const token = this.token(key);
    return new Scene(this, this.element(token.elementId), token.scope, token, key);
  }

  private arriving({ elementId, scope, key = NEW, ...arrival }: Token): Arriving {
    return { element: this.element(elementId), scope, arrival, key };
  }

  /** Send a token to an element; it is entered when its turn comes. */
  arrive(element: Element, scope: Key, arrival: Arrival = PLAINLY): void {
    this.queue.push({ element, scope, arrival, key: NEW });
  }

  take(flow: Flow, scope: Key): void {
    this.queue.push({ element: flow.target, scope, arrival: flow.arrival, key: NEW });
  }

  /** Enter once more what an incident stopped, or what goes on in portions. */
  reenter(key: Key): void {
    const token = this.token(key);
    this.queue.push({ element: this.element(token.elementId), scope: token.scope, arrival: token, key });
  }

  /** An event was caught here: pass it at once, with what it brought. */
  visit(element: Element, scope: Key, payload: Variables, via?: string): void {
    const scene = new Scene(this, element, scope, via === undefined ? { caught: true } : { caught: true, via });
    try {
      element.behavior.resume?.(scene, payload);
    } catch (error) {
      scene.fail(error);
    }
  }

  /**
   * Let every token do what its element says, first come first served, until all of them wait or are gone.
   * Only then is it known which tokens can still reach an inclusive join.
   */
  settle(): void {
    if (this.instance.status === 'suspended') return this.yield();
    do {
      this.lookAround();
      while (this.head < this.queue.length) {
        if (this.entered >= TRANSITIONS_PER_STEP_MAX) return this.yield();
        this.entered += 1;
        this.enter(this.queue[this.head++]!);
        this.lookAround();
      }
      this.queue = [];
      this.head = 0;
    } while (this.haveVariablesChanged || this.mayTakeSignals ? this.entered++ < TRANSITIONS_PER_STEP_MAX : this.wakeJoins());
  }

  /** What happened may be what others wait for. */
  private lookAround(): void {
    if (this.haveVariablesChanged) lookAtConditions(this);
    if (this.mayTakeSignals) takeKeptSignals(this);
  }

  /** Count what was entered without a turn of its own. */
  count(entered: number): void {
    this.entered += entered;
  }

  private yield(): void {
    const ready = this.queue.slice(this.head).flatMap((one) => (one.key === NEW || this.isAlive(one.key) ? [tokenOf(one)] : []));
    if (ready.length > 0) this.emit({ type: 'stepYielded', ready });
  }

  private wakeJoins(): boolean {
    for (const [element] of this.process.joins) {
      for (const { key, held } of this.instance.scopes) {
        if (held === undefined || !Object.hasOwn(held, element.id)) continue;
        const keys = held[element.id]!;
        if (keys.length === 0 || this.hasStopped(element, key)) continue;
        if (element.behavior.wake!(this, element, key, keys)) return true;
      }
    }
    return false;
  }

  /** A join that could not go on stands until someone has looked at it: the tokens it would have taken are still to be joined. */
  private hasStopped({ id }: Element, scope: Key): boolean {
    return this.instance.incidents.some(({ elementId, host }) => elementId === id && this.token(host).scope === scope);
  }

  private enter(arriving: Arriving): void {
    const { element, key } = arriving;
    if (key !== NEW && !this.isAlive(key)) return; // terminated before its turn came
    if (element.passes && element.loop === undefined && key === NEW && !this.isOverBudget()) return this.pass(arriving);
    const scene = new Scene(this, element, arriving.scope, arriving.arrival, key);
    if (this.isOverBudget()) return this.stopLoop(scene);
    const { isInner } = scene;
    try {
      if (isInner && element.passes && key === NEW) return scene.depart([]);
      if (isInner) {
        if (!scene.isActive) scene.activate(innerVariables(scene));
      } else if (element.isGated && (holdForQuantity(scene) || lacksInputs(scene))) {
        return;
      }
      const isBody = element.loop !== undefined && !isInner;
      if (element.inputs !== undefined && !isBody) scene.openInputs(element.inputs);
      if (element.boundaries.length > 0 && !isInner) armBoundaries(scene);
      (isBody ? element.entry : element.behavior).enter(scene);
    } catch (error) {
      scene.fail(error);
    }
  }

  private pass({ element, scope, arrival: { via } }: Arriving): void {
    const key = this.instance.nextKey;
    const elementId = element.id;
    this.emit(via === undefined ? { type: 'elementPassed', key, elementId, scope } : { type: 'elementPassed', key, elementId, scope, via });
    for (const flow of element.outgoing) this.take(flow, scope);
    if (element.outgoing.length === 0) this.endScopeIfEmpty(scope);
    else if (scope !== 0) endAdHocEarly(this, scope);
  }

  private isOverBudget(): boolean {
    const { transitions, items } = this.instance;
    return items > ITEMS_WITHOUT_WAIT_MAX || transitions > TRANSITIONS_WITHOUT_WAIT_MAX + items * TRANSITIONS_PER_ITEM;
  }

  private stopLoop(scene: Scene): void {
    scene.stop(
      'step-limit',
      `More than ${TRANSITIONS_WITHOUT_WAIT_MAX} elements were entered without waiting for anything. Is there a loop?`,
    );
  }

  /** Tell an element instance that what it waits for is there. */
  resume(key: Key, answer: Variables): void {
    const scene = this.scene(key);
    const { element } = scene;
    try {
      (scene.isInner ? element.behavior : element.entry).resume?.(scene, answer);
    } catch (error) {
      scene.fail(error);
    }
  }

  /** Do once more only the way out of an element whose work is done. */
  releave(key: Key): void {
    const scene = this.scene(key);
    try {
      scene.leave();
    } catch (error) {
      scene.fail(error);
    }
  }

  /** What undoes, with nobody waiting, is done: begin with the next. */
  undoNext(scene: Scene): void {
    nextToUndo(scene, false);
  }

  /** A token left without a successor: was it the scope's last? */
  endScopeIfEmpty(scope: Key): void {
    if (get(this.instance.scopes, scope).tokens > 0) {
      if (scope !== 0) endAdHocEarly(this, scope);
      return;
    }
    for (let at = this.head; at < this.queue.length; at++) if (this.queue[at]!.scope === scope) return;
    if (scope === 0) this.emit({ type: 'instanceCompleted' });
    else this.resume(scope, {});
  }

  /** Take away an element instance and everything inside it, the innermost first. */
  terminate(key: Key): void {
    if (find(this.instance.scopes, key) !== undefined) this.terminateScope(key);
    this.emit({ type: 'elementTerminated', key, elementId: this.token(key).elementId });
  }

  /** Take away every token directly in a scope, oldest first, but for one that may stay. */
  terminateScope(scope: Key, except?: Key): void {
    if (this.head < this.queue.length) {
      this.queue = this.queue.slice(this.head).filter((one) => one.scope !== scope || (one.key !== NEW && one.key === except));
      this.head = 0;
    }
    if (get(this.instance.scopes, scope).tokens === 0) return;
    const inside = this.instance.elements.filter((element) => element.scope === scope && element.key !== except);
    for (const { key } of inside) this.terminate(key);
  }

  /** Each variable to the nearest scope that has its name, else to the instance (`docs/decisions/0012`). */
  write(from: Key, variables: Variables): void {
    if (isEmpty(variables)) return;
    if (from === 0) return this.writeTo(0, variables);
    const byScope = new Map<Key, Record<string, Json>>();
    for (const name of Object.keys(variables)) {
      const scope = holderOf(this.instance, from, name) ?? 0;
      let record = byScope.get(scope);
      if (record === undefined) byScope.set(scope, (record = {}));
      setOwn(record, name, variables[name]!);
    }
    for (const [scope, record] of byScope) this.writeTo(scope, record);
  }

  /** Variables to exactly this scope, new names included. */
  writeTo(scope: Key, variables: Variables, reason?: string): void {
    if (isEmpty(variables)) return;
    this.haveVariablesChanged ||= this.process.watchesVariables;
    const { by } = this.command;
    if (by === undefined && reason === undefined) return this.emit({ type: 'variablesSet', scope, variables });
    this.emit({
      type: 'variablesSet',
      scope,
      variables,
      ...(by === undefined ? undefined : { by }),
      ...(reason === undefined ? undefined : { reason }),
    });
  }
}

/** What a yielded step leaves behind of a token. */
function tokenOf({ element, scope, arrival: { via, loopCounter }, key }: Arriving): Token {
  return {
    elementId: element.id,
    scope,
    ...(via === undefined ? undefined : { via }),
    ...(loopCounter === undefined ? undefined : { loopCounter }),
    ...(key === NEW ? undefined : { key }),
  };
}
