import { fold } from '../src/apply.js';
import type { Command } from '../src/command.js';
import { compile } from '../src/compile.js';
import type { Event, EventType } from '../src/event.js';
import type { Instance, InstanceStatus, Key, Subscription } from '../src/instance.js';
import type { Variables } from '../src/json.js';
import { migrate } from '../src/migration/migrate.js';
import type { Migration } from '../src/migration/migrate.js';
import type { ElementId, Instant, ProcessModel } from '../src/model.js';
import { newInstance } from '../src/new-instance.js';
import type { DecisionPort, ExpressionPort, Ports } from '../src/ports.js';
import type { Process } from '../src/process.js';
import { step } from '../src/step.js';
import { get } from '../src/table.js';
import type { ProcessBuilder } from './process-builder.js';
import { tinyExpressions } from './tiny-expressions.js';

export interface PlayOptions {
  readonly expressions?: ExpressionPort;
  readonly decisions?: DecisionPort;
  /** When the clock starts; 2026-03-01T09:00Z unless said otherwise. */
  readonly at?: Instant;
}

/** 2026-03-01T09:00Z. */
export const PLAY_STARTS_AT: Instant = 1_772_355_600_000;

/** Play one instance of a process by hand. After every command its history must add up to its state. */
export function play(model: ProcessBuilder | ProcessModel, options: PlayOptions = {}): Play {
  return new Play('build' in model ? model.build() : model, options);
}

type Asked = Command extends infer C ? (C extends Command ? Omit<C, 'at'> : never) : never;

export class Play {
  process: Process;
  readonly events: Event[] = [];
  /** What the last command caused. */
  last: readonly Event[] = [];
  /** As the database would have it: it has been through JSON after every step. */
  private instance: Instance = newInstance();
  clock: Instant;
  /** Fold the whole history after every step? Off only where that would take minutes. */
  checksReplay = true;
  private readonly ports: Ports;

  constructor(model: ProcessModel, { expressions = tinyExpressions, decisions, at = PLAY_STARTS_AT }: PlayOptions) {
    this.ports = decisions === undefined ? { expressions } : { expressions, decisions };
    this.process = compile(model, this.ports);
    this.clock = at;
  }

  get state(): Instance {
    return this.instance;
  }

  get status(): InstanceStatus {
    return this.instance.status;
  }

  /** Variables of the instance's own scope. */
  get variables(): Variables {
    return this.instance.scopes[0]?.variables ?? {};
  }

  /** Where the tokens are, the oldest first. */
  get waitingAt(): readonly ElementId[] {
    return this.instance.elements.map(({ elementId }) => elementId);
  }

  /** Elements in the order they were activated, and `completed` or `terminated` at the end. */
  get trace(): readonly string[] {
    const trace = this.events.flatMap((event) =>
      event.type === 'elementActivated' || event.type === 'elementPassed' ? [event.elementId] : [],
    );
    return this.status === 'completed' || this.status === 'terminated' ? [...trace, this.status] : trace;
  }

  /** Codes of the open incidents. */
  get incidents(): readonly string[] {
    return this.instance.incidents.map(({ code }) => code);
  }

  /** All events of one type so far. */
  all<T extends EventType>(type: T): readonly Extract<Event, { readonly type: T }>[] {
    return this.events.filter((event): event is Extract<Event, { readonly type: T }> => event.type === type);
  }

  start(variables: Variables = {}, options: Omit<Extract<Asked, { readonly type: 'start' }>, 'type' | 'variables'> = {}): this {
    return this.send({ type: 'start', variables, ...options });
  }

  /** Complete the oldest user task, job or child at an element. */
  complete(elementId: ElementId, variables: Variables = {}): this {
    const key = this.workAt(elementId);
    const { waiting } = get(this.instance.elements, key);
    if (waiting === 'job') return this.send({ type: 'completeJob', key, variables });
    if (waiting === 'child') return this.send({ type: 'completeChild', key, variables });
    return this.send({ type: 'completeUserTask', key, variables });
  }

  fail(elementId: ElementId, message = 'out of paper', retriesLeft?: number): this {
    return this.send({ type: 'failJob', key: this.workAt(elementId), message, ...(retriesLeft === undefined ? {} : { retriesLeft }) });
  }

  throwError(elementId: ElementId, errorCode: string, more: { readonly message?: string; readonly variables?: Variables } = {}): this {
    return this.send({ type: 'throwError', key: this.workAt(elementId), errorCode, ...more });
  }

  assign(elementId: ElementId, assignee: string | null): this {
    return this.send({ type: 'assignUserTask', key: this.keyOf(elementId), assignee });
  }

  /** Fire an element's timer, at the moment it is due. */
  fire(elementId: ElementId): this {
    const found = this.instance.timers.find((timer) => timer.elementId === elementId);
    if (found === undefined) throw new Error(`No timer runs at ${elementId}.`);
    this.clock = Math.max(this.clock, found.dueAt);
    return this.send({ type: 'fireTimer', timer: found.key });
  }

  /** Deliver a message to the element that waits for one. */
  receive(elementId: ElementId, variables: Variables = {}, messageId = 'message-1'): this {
    return this.send({ type: 'correlateMessage', subscription: this.subscriptionAt(elementId, 'message'), messageId, variables });
  }

  /** Let the element that waits for a signal have it. */
  signal(elementId: ElementId, variables: Variables = {}): this {
    return this.send({ type: 'receiveSignal', subscription: this.subscriptionAt(elementId, 'signal'), variables });
  }

  private subscriptionAt(elementId: ElementId, type: Subscription['type']): Key {
    const found = this.instance.subscriptions.find((one) => one.elementId === elementId && one.type === type);
    if (found === undefined) throw new Error(`Nothing at ${elementId} waits for a ${type}.`);
    return found.key;
  }

  /** Resolve the incident at an element. */
  resolve(elementId: ElementId, retries?: number): this {
    const found = this.instance.incidents.find((incident) => incident.elementId === elementId);
    if (found === undefined) throw new Error(`There is no incident at ${elementId}.`);
    return this.send({ type: 'resolveIncident', incident: found.key, ...(retries === undefined ? {} : { retries }) });
  }

  setVariables(variables: Variables, scope: Key = 0): this {
    return this.send({ type: 'setVariables', scope, variables });
  }

  cancel(reason?: string): this {
    return this.send({ type: 'cancel', ...(reason === undefined ? {} : { reason }) });
  }

  /** @throws Refusal; then nothing has changed */
  send(command: Asked): this {
    const before = JSON.stringify(this.instance);
    try {
      const { instance, events } = step(this.process, this.instance, { ...command, at: this.clock });
      this.last = events;
      this.events.push(...events);
      this.verify(instance);
      return this;
    } catch (error) {
      if (JSON.stringify(this.instance) !== before && isRefusal(error))
        throw new Error('A refused command changed the instance.', { cause: error });
      throw error;
    }
  }

  /** Move the instance to another version of its process. @throws Refusal; then nothing has changed */
  migrate(to: ProcessBuilder, mapping: Migration['mapping'] = {}, more: Pick<Migration, 'by' | 'reason'> = {}): this {
    const before = JSON.stringify(this.instance);
    const target = compile(to.build(), this.ports);
    const { instance, events } = migrate(this.process, target, this.instance, { at: this.clock, mapping, ...more });
    if (JSON.stringify(this.instance) !== before) throw new Error('A migration changed the instance it was given.');
    this.process = target;
    this.last = events;
    this.events.push(...events);
    this.verify(instance);
    return this;
  }

  /** The key of the oldest token at an element. */
  keyOf(elementId: ElementId): Key {
    const found = this.instance.elements.find((element) => element.elementId === elementId);
    if (found === undefined) throw new Error(`No token is at ${elementId}.`);
    return found.key;
  }

  /** Of the oldest token there that waits for an answer, so that in a loop it is not the body. */
  private workAt(elementId: ElementId): Key {
    const isWork = ({ waiting }: Instance['elements'][number]) => waiting === 'job' || waiting === 'userTask' || waiting === 'child';
    return this.instance.elements.find((element) => element.elementId === elementId && isWork(element))?.key ?? this.keyOf(elementId);
  }

  private verify(instance: Instance): void {
    const stored = JSON.stringify(instance);
    const replayed = this.checksReplay ? JSON.stringify(fold(this.events)) : stored;
    if (stored !== replayed) throw new Error(`The history does not add up to the state.\nstate:  ${stored}\nreplay: ${replayed}`);
    this.instance = JSON.parse(stored) as Instance;
    if (JSON.stringify(this.instance) !== stored) throw new Error('The state does not survive JSON.');
    verifyTokens(this.instance);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'Refusal';
}

/** Scopes count their tokens; the count must be right. */
function verifyTokens(instance: Instance): void {
  for (const { key, tokens } of instance.scopes) {
    const alive = instance.elements.filter(({ scope }) => scope === key).length;
    if (alive !== tokens) throw new Error(`Scope ${key} counts ${tokens} tokens, but ${alive} are alive in it.`);
  }
}
