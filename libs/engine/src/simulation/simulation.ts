import type { Command } from '../command.js';
import type { Event } from '../event.js';
import type { Instance, Key } from '../instance.js';
import type { Variables } from '../json.js';
import type { ElementId, Instant } from '../model.js';
import { newInstance } from '../new-instance.js';
import type { Process } from '../process.js';
import { Refusal } from '../refusal.js';
import { startsBy, startTriggers } from '../start-triggers.js';
import { step } from '../step.js';
import { NO_VARIABLES } from '../variables.js';
import { nextFiring } from '../timers/timer.js';
import type { Firing } from '../timers/timer.js';
import { find } from '../table.js';
import { Mailbox } from './mailbox.js';
import type { PublishedMessage } from './mailbox.js';
import { tellCaller } from './tell-caller.js';
import { waitingOf } from './waiting.js';
import type { Waiting } from './waiting.js';

/** Calls within calls; a deeper one is taken for an endless recursion. */
const CALL_DEPTH_MAX = 50;

/** One instance of the simulated world. */
export interface SimulatedInstance {
  readonly id: string;
  readonly process: Process;
  /** The state, read only: it changes with every step. */
  readonly state: Instance;
  readonly events: readonly Event[];
  /** Calls above it. */
  readonly depth: number;
}

/** Told of every event of a step in order. */
export type SimulationListener = (instance: SimulatedInstance, event: Event, at: Instant) => void;

interface World extends SimulatedInstance {
  readonly state: Instance;
  readonly events: Event[];
}

interface StartTimer extends Firing {
  readonly process: Process;
  readonly elementId: ElementId;
  readonly part?: number;
}

/**
 * A whole world in memory on a virtual clock: several processes, jobs, people, timers, messages, calls.
 *
 * The engine is the worker's own; only the shell around it is this small. Nothing happens by itself:
 * the clock moves when it is told to, jobs and tasks wait until they are completed.
 */
export class Simulation {
  private readonly processes = new Map<string, Process>();
  private readonly worlds = new Map<string, World>();
  private readonly mailbox = new Mailbox();
  private readonly commands: { readonly instanceId: string; readonly command: Command }[] = [];
  private startTimers: StartTimer[] = [];
  private messageCount = 0;
  private isDraining = false;

  /** `clock` is when the virtual clock starts, in milliseconds since 1970. */
  constructor(
    private clock: Instant = 0,
    private readonly listener: SimulationListener = () => {},
  ) {}

  get now(): Instant {
    return this.clock;
  }

  /** Every instance, oldest first, ended ones included. */
  get instances(): readonly SimulatedInstance[] {
    return [...this.worlds.values()];
  }

  instance(id: string): SimulatedInstance {
    return this.world(id);
  }

  /** Make processes known: for starts, for calls, for messages and timers that start instances. A later one of the same id replaces the first. */
  deploy(...processes: readonly Process[]): void {
    for (const process of processes) {
      this.processes.set(process.id, process);
      this.startTimers = this.startTimers.filter((timer) => timer.process.id !== process.id);
      for (const trigger of startTriggers(process, this.clock)) {
        if (trigger.type === 'timer') this.startTimers.push({ ...trigger, process });
      }
    }
  }

  /**
   * Start an instance and let it run until it waits.
   *
   * @returns its id
   * @throws Refusal `no-start-event`
   */
  start(
    processId: string,
    variables: Variables = NO_VARIABLES,
    options: { startElementId?: ElementId; atAllStarts?: true; businessKey?: string; by?: string } = {},
  ): string {
    const process = this.processes.get(processId);
    if (process === undefined) throw new Error(`There is no process ${processId} here.`);
    const world = this.open(process, 0);
    try {
      this.send(world.id, { type: 'start', at: this.clock, variables, ...options });
    } catch (error) {
      if (world.events.length === 0) this.worlds.delete(world.id);
      throw error;
    }
    return world.id;
  }

  /** What all instances wait for, in the order they began to. Timers that start instances are not among it. */
  get waiting(): readonly Waiting[] {
    return [...this.worlds.values()]
      .filter(({ state }) => state.status === 'active')
      .flatMap(({ id, state, process }) => waitingOf(id, state, process.id));
  }

  completeJob(instanceId: string, key: Key, variables: Variables = NO_VARIABLES): void {
    this.send(instanceId, { type: 'completeJob', at: this.clock, key, variables });
  }

  completeUserTask(instanceId: string, key: Key, variables: Variables = NO_VARIABLES, by?: string): void {
    this.send(instanceId, { type: 'completeUserTask', at: this.clock, key, variables, ...(by === undefined ? {} : { by }) });
  }

  /** Publish a message. Without a taker now it stays for the first one later. */
  publish(message: PublishedMessage): void {
    this.mailbox.put(message);
    this.drain();
  }

  /** Throw a signal: to every subscription open now, and to every process that starts by it. */
  throwSignal(name: string, variables: Variables = NO_VARIABLES): void {
    this.broadcast(name, variables);
    this.drain();
  }

  /** Start an instance at every conditional start event whose condition is true for these variables. @returns their ids */
  offer(variables: Variables): readonly string[] {
    const started: string[] = [];
    for (const process of this.processes.values()) {
      for (const { type, elementId, part } of startTriggers(process, this.clock)) {
        if (type !== 'condition' || !startsBy(process, elementId, variables, this.clock, part)) continue;
        const world = this.open(process, 0);
        started.push(world.id);
        this.send(world.id, startAt(elementId, part, this.clock, variables));
      }
    }
    return started;
  }

  /** When the next timer is due, of any instance or start event. */
  get nextDueAt(): Instant | undefined {
    const due = [...this.dueTimers(), ...this.startTimers].map(({ dueAt }) => dueAt);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /**
   * Move the clock to the next due timer and fire all that are due then.
   *
   * @param instancesOnly leave out timers that would start new instances
   * @returns whether there was one
   */
  skipToNextTimer(instancesOnly = false): boolean {
    const at = instancesOnly ? this.dueTimers()[0]?.dueAt : this.nextDueAt;
    if (at === undefined) return false;
    this.clock = Math.max(this.clock, at);
    for (const { instanceId, key } of this.dueTimers().filter(({ dueAt }) => dueAt <= this.clock)) {
      // One timer may have ended another.
      if (find(this.world(instanceId).state.timers, key) !== undefined)
        this.send(instanceId, { type: 'fireTimer', at: this.clock, timer: key });
    }
    if (!instancesOnly) this.fireStartTimers();
    return true;
  }

  /** Send any command, and let everything that follows from it happen. @throws Refusal */
  send(instanceId: string, command: Command): void {
    this.advance(this.world(instanceId), command);
    this.drain();
  }

  private world(id: string): World {
    const world = this.worlds.get(id);
    if (world === undefined) throw new Error(`There is no instance ${id} here.`);
    return world;
  }

  private open(process: Process, depth: number): World {
    const id = `${process.id}:${this.worlds.size + 1}`;
    const world: World = { id, process, state: newInstance(), events: [], depth };
    this.worlds.set(id, world);
    return world;
  }

  private advance(world: World, command: Command): void {
    const { events } = step(world.process, world.state, command);
    for (const event of events) {
      world.events.push(event);
      this.listener(world, event, world.state.at);
      this.react(world, event);
    }
  }

  /** Do what an event asks of the world, and what the world must know of it. */
  private react(world: World, event: Event): void {
    const { id: instanceId, state, depth } = world;
    const told = tellCaller(state, event, this.clock);
    if (told !== undefined) this.commands.push(told);
    switch (event.type) {
      case 'stepYielded':
        this.commands.push({ instanceId, command: { type: 'continue', at: this.clock } });
        return;
      case 'messagePublished':
        this.mailbox.put({ name: event.messageName, correlationKey: event.correlationKey, variables: event.variables });
        return;
      case 'signalThrown':
        if (event.scope === undefined) this.broadcast(event.signalName, event.variables, instanceId);
        return;
      case 'childStarted':
        return this.call(world, event, depth + 1);
      case 'elementTerminated':
        return this.cancelChild(instanceId, event.key);
      default:
        return;
    }
  }

  private answer(instanceId: string, command: Command): void {
    this.commands.push({ instanceId, command });
  }

  private call(world: World, event: Extract<Event, { readonly type: 'childStarted' }>, depth: number): void {
    const { key, calledProcessId, variables, businessKey } = event;
    const process = this.processes.get(calledProcessId);
    const fail = (code: string, message: string) => this.answer(world.id, { type: 'failChild', at: this.clock, key, code, message });
    if (process === undefined) return fail('process-not-found', `The called process ${calledProcessId} is not deployed.`);
    if (depth > CALL_DEPTH_MAX)
      return fail('call-depth-limit', `Calls are nested more than ${CALL_DEPTH_MAX} deep. Is ${calledProcessId} calling itself?`);
    if (process.starts.length === 0) return fail('no-start-event', `The called process ${calledProcessId} has no plain start event.`);
    const child = this.open(process, depth);
    this.answer(child.id, {
      type: 'start',
      at: this.clock,
      variables,
      ...(businessKey === undefined ? {} : { businessKey }),
      parent: { instanceId: world.id, key },
    });
  }

  private cancelChild(instanceId: string, key: Key): void {
    for (const { id, state } of this.worlds.values()) {
      const isChild = state.parent?.instanceId === instanceId && state.parent.key === key;
      if (isChild && state.status === 'active') this.answer(id, { type: 'cancel', at: this.clock, reason: 'The calling activity ended.' });
    }
  }

  /** Carry out what follows, first come first served, until nothing does. */
  private drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    try {
      do {
        for (let next = this.commands.shift(); next !== undefined; next = this.commands.shift()) this.obey(next.instanceId, next.command);
      } while (this.deliverMessage());
    } finally {
      this.isDraining = false;
    }
  }

  private obey(instanceId: string, command: Command): void {
    const world = this.world(instanceId);
    const { status } = world.state;
    const isPointless = command.type === 'start' ? status !== 'created' : status !== 'active' && status !== 'suspended';
    if (isPointless) return;
    if (command.type === 'continue' && (status === 'suspended' || world.state.ready.length === 0)) return;
    try {
      this.advance(world, command);
    } catch (error) {
      // What it was for has ended meanwhile.
      if (!(error instanceof Refusal && error.code === 'not-waiting')) throw error;
    }
  }

  private deliverMessage(): boolean {
    const delivery = this.mailbox.take([...this.worlds.values()], [...this.processes.values()], this.clock);
    if (delivery === undefined) return false;
    const messageId = `message-${++this.messageCount}`;
    const { message } = delivery;
    for (const { instanceId, subscription } of delivery.subscriptions) {
      this.answer(instanceId, { type: 'correlateMessage', at: this.clock, subscription, messageId, variables: message.variables });
    }
    for (const { process, elementId, part } of delivery.starts) {
      this.answer(this.open(process, 0).id, startAt(elementId, part, this.clock, message.variables));
    }
    return true;
  }

  /** `thrower`: it has heard its own signal. */
  private broadcast(name: string, variables: Variables, thrower?: string): void {
    for (const { id, state } of this.worlds.values()) {
      if (id === thrower) continue;
      for (const one of state.subscriptions) {
        const hears = one.type === 'signal' && one.scoped === undefined && one.signalName === name;
        if (hears) this.answer(id, { type: 'receiveSignal', at: this.clock, subscription: one.key, variables });
      }
    }
    for (const process of this.processes.values()) {
      for (const trigger of startTriggers(process, this.clock)) {
        if (trigger.type !== 'signal' || trigger.signalName !== name) continue;
        this.answer(this.open(process, 0).id, startAt(trigger.elementId, trigger.part, this.clock, variables));
      }
    }
  }

  private dueTimers(): readonly { readonly instanceId: string; readonly key: Key; readonly dueAt: Instant }[] {
    const timers = [...this.worlds.values()]
      .filter(({ state }) => state.status === 'active')
      .flatMap(({ id, state }) => state.timers.map(({ key, dueAt }) => ({ instanceId: id, key, dueAt })));
    return timers.sort((a, b) => a.dueAt - b.dueAt);
  }

  private fireStartTimers(): void {
    const due = this.startTimers.filter(({ dueAt }) => dueAt <= this.clock);
    for (const timer of due) {
      const { process, elementId, part } = timer;
      const next = nextFiring(timer);
      this.startTimers = this.startTimers.filter((other) => other !== timer);
      if (next !== undefined) this.startTimers.push({ ...next, process, elementId, ...(part === undefined ? undefined : { part }) });
      this.send(this.open(process, 0).id, startAt(elementId, part, this.clock, NO_VARIABLES));
    }
  }
}

function startAt(startElementId: ElementId, part: number | undefined, at: Instant, variables: Variables): Command {
  return { type: 'start', at, variables, startElementId, ...(part === undefined ? undefined : { part }) };
}
