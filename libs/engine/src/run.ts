import { apply } from './apply.js';
import { armBoundaries } from './behaviors/boundary-event.js';
import type { Command } from './command.js';
import type { Event } from './event.js';
import type { Instance, Key } from './instance.js';
import type { Json, Variables } from './json.js';
import type { ElementId } from './model.js';
import type { Element, Flow, Process } from './process.js';
import { Scene } from './scene.js';
import { holderOf } from './scope-view.js';
import { isEmpty, setOwn } from './variables.js';

/** Elements one command may enter. What is left then goes on with a `continue` command. */
export const TRANSITIONS_PER_STEP_MAX = 1_000;

/** Elements entered since something outside last answered. A model that needs more is looping without waiting. */
export const TRANSITIONS_WITHOUT_WAIT_MAX = 100_000;

/** One step under way: the instance, the tokens still to be entered, and what happened so far. */
export class Run {
  readonly events: Event[] = [];
  /** Attempts asked for by whoever resolved an incident of this element instance. */
  attempts?: { readonly key: Key; readonly retries: number };
  /** Tokens to be entered; most steps have one at a time, so a second one opens the queue. */
  private next: Scene | undefined;
  private queue: Scene[] | undefined;
  private head = 0;

  constructor(
    readonly process: Process,
    readonly instance: Instance,
    readonly command: Command,
  ) {
    if (instance.ready.length > 0) this.queue = instance.ready.map((key) => this.scene(key));
  }

  emit(event: Event): void {
    this.events.push(event);
    apply(this.instance, event);
  }

  /** Say when this happens. Time never goes back, whatever the command says. */
  advanceTime(): void {
    if (this.command.at > this.instance.at) this.emit({ type: 'timeAdvanced', at: this.command.at });
  }

  nextKey(): Key {
    return this.instance.nextKey;
  }

  element(elementId: ElementId): Element {
    const element = this.process.byId.get(elementId);
    if (element === undefined) throw new Error(`Expected process ${this.process.id} to have an element ${elementId}, but it has none.`);
    return element;
  }

  /** The element of a live element instance. */
  elementOf(key: Key): Element {
    return this.element(this.instance.elements[key]!.elementId);
  }

  /** A visit that is under way, seen anew. */
  scene(key: Key): Scene {
    const { elementId, scope } = this.instance.elements[key]!;
    return new Scene(this, this.element(elementId), key, scope);
  }

  /** Put a token on an element; it is entered when its turn comes. */
  arrive(element: Element, scope: Key, via?: string): Key {
    const key = this.instance.nextKey;
    const elementId = element.id;
    this.emit(
      via === undefined ? { type: 'elementActivated', key, elementId, scope } : { type: 'elementActivated', key, elementId, scope, via },
    );
    this.enqueue(new Scene(this, element, key, scope));
    return key;
  }

  take(flow: Flow, scope: Key): void {
    this.emit({ type: 'flowTaken', flowId: flow.id, scope });
    this.arrive(flow.target, scope, flow.id);
  }

  /** Enter once more what an incident stopped. */
  reenter(key: Key): void {
    this.enqueue(this.scene(key));
  }

  private enqueue(scene: Scene): void {
    if (this.queue !== undefined) this.queue.push(scene);
    else if (this.next === undefined) this.next = scene;
    else {
      this.queue = [this.next, scene];
      this.next = undefined;
    }
  }

  private dequeue(): Scene | undefined {
    const { next } = this;
    if (next !== undefined) {
      this.next = undefined;
      return next;
    }
    return this.queue === undefined ? undefined : this.queue[this.head++];
  }

  /** Let every token that arrived do what its element says, first come first served, until all of them wait or are gone. */
  settle(): void {
    let entered = 0;
    for (let scene = this.dequeue(); scene !== undefined; scene = this.dequeue()) {
      if (entered === TRANSITIONS_PER_STEP_MAX) return this.yield(scene);
      this.enter(scene);
      entered += 1;
    }
  }

  private yield(next: Scene): void {
    const left = [next, ...(this.queue?.slice(this.head) ?? [])];
    const ready = left.map(({ key }) => key).filter((key) => this.instance.elements[key] !== undefined);
    if (ready.length > 0) this.emit({ type: 'stepYielded', ready });
  }

  private enter(scene: Scene): void {
    const { element } = scene;
    if (this.instance.elements[scene.key] === undefined) return; // terminated before its turn came
    if (this.instance.transitions > TRANSITIONS_WITHOUT_WAIT_MAX) {
      scene.stop(
        'step-limit',
        `More than ${TRANSITIONS_WITHOUT_WAIT_MAX} elements were entered without waiting for anything. Is there a loop?`,
      );
      return;
    }
    try {
      if (element.inputs !== undefined) scene.openInputs(element.inputs);
      if (element.boundaries.length > 0) armBoundaries(scene);
      element.behavior.enter(scene);
    } catch (error) {
      scene.fail(error);
    }
  }

  /** Tell a waiting element instance that what it waits for is there. */
  resume(key: Key, answer: Variables): void {
    const scene = this.scene(key);
    try {
      scene.element.behavior.resume?.(scene, answer);
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

  /** A token left without a successor: was it the scope's last? */
  endScopeIfEmpty(scope: Key): void {
    if (this.instance.scopes[scope]!.tokens > 0) return;
    if (scope === 0) this.emit({ type: 'instanceCompleted' });
    else this.resume(scope, {});
  }

  /** Take away an element instance and everything inside it, the innermost first. */
  terminate(key: Key): void {
    if (this.instance.scopes[key] !== undefined) this.terminateScope(key);
    this.emit({ type: 'elementTerminated', key, elementId: this.instance.elements[key]!.elementId });
  }

  /** Take away every element instance directly in a scope, oldest first. */
  terminateScope(scope: Key): void {
    if (this.instance.scopes[scope]!.tokens === 0) return;
    const keys: Key[] = [];
    for (const key in this.instance.elements) if (this.instance.elements[key]!.scope === scope) keys.push(Number(key));
    for (const key of keys) this.terminate(key);
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
  writeTo(scope: Key, variables: Variables): void {
    if (isEmpty(variables)) return;
    const { by } = this.command;
    this.emit(by === undefined ? { type: 'variablesSet', scope, variables } : { type: 'variablesSet', scope, variables, by });
  }
}
