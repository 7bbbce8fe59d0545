import { newInstance, step, type Command, type Event, type Instance, type Process } from '@baton/engine';
import type { Choice } from '../../src/reference/choice.js';
import type { Values } from '../../src/reference/marking.js';

/** What can be compared: the same words for the engine and for the reference. */
export interface Observed {
  readonly trace: readonly string[];
  readonly at: readonly string[];
  readonly incidents: readonly string[];
  /** Elements whose timer, message or signal can come. */
  readonly armed: readonly string[];
  readonly status: string;
  readonly variables: Values;
}

type Asked = Command extends infer C ? (C extends Command ? Omit<C, 'at'> : never) : never;

/** The engine in the place of the reference: it takes the same choices and is looked at with the same eyes. */
export class EnginePlayer {
  private instance: Instance = newInstance();
  private events: Event[] = [];
  private clock = 0;
  private readonly held = new Set<number>();

  constructor(private readonly process: Process) {}

  start(variables: Values): Observed {
    return this.observed(() => this.send({ type: 'start', variables: variables as Extract<Asked, { type: 'start' }>['variables'] }));
  }

  perform(choice: Choice): Observed {
    return this.observed(() => this.answer(choice));
  }

  private answer(choice: Choice): void {
    const { elements, timers, subscriptions } = this.instance;
    switch (choice.type) {
      case 'signal':
        return this.spread(choice.name);
      case 'fireTimer': {
        const { key, dueAt } = nth(timers, choice);
        this.clock = Math.max(this.clock, dueAt);
        return this.send({ type: 'fireTimer', timer: key });
      }
      case 'message': {
        const { key } = nth(subscriptions, choice);
        return this.send({ type: 'correlateMessage', subscription: key, messageId: 'message', variables: {} });
      }
      case 'throwError': {
        const { key } = nth(elements.filter(isWorking), choice);
        return this.send({ type: 'throwError', key, errorCode: choice.code });
      }
      case 'complete': {
        const { key, waiting } = nth(elements.filter(isWorking), choice);
        const type = waiting === 'job' ? 'completeJob' : waiting === 'child' ? 'completeChild' : 'completeUserTask';
        return this.send({ type, key, variables: (choice.variables ?? {}) as Extract<Asked, { type: 'start' }>['variables'] });
      }
    }
  }

  private send(command: Asked): void {
    const { instance, events } = step(this.process, this.instance, { ...command, at: this.clock } as Command);
    this.instance = instance;
    this.events.push(...events);
  }

  /** As the world does: a signal from outside goes to every subscription that is open, one command each. */
  private spread(name: string): void {
    const open = this.instance.subscriptions.filter((one) => one.type === 'signal' && one.signalName === name);
    for (const { key } of open) {
      const isStillOpen = this.instance.subscriptions.some((one) => one.key === key);
      if (isStillOpen) this.send({ type: 'receiveSignal', subscription: key, variables: {} });
    }
  }

  /** A token held at a join is no visit yet: the one that completes the join becomes it. */
  private lines(event: Event): readonly string[] {
    switch (event.type) {
      case 'tokenHeld':
        this.held.add(event.key);
        return [];
      case 'elementPassed':
        return [`activated ${event.elementId}`, `completed ${event.elementId}`];
      case 'elementActivated':
        return [`activated ${event.elementId}`];
      case 'elementCompleted':
        return [...(this.held.has(event.key) ? [`activated ${event.elementId}`] : []), `completed ${event.elementId}`];
      case 'elementTerminated':
        return this.held.has(event.key) ? [] : [`terminated ${event.elementId}`];
      default:
        return [];
    }
  }

  private observed(act: () => void): Observed {
    this.events = [];
    act();
    const { status, elements, incidents, scopes, timers, subscriptions } = this.instance;
    return {
      trace: this.events.flatMap((event) => this.lines(event)),
      at: elements.map(({ elementId }) => elementId).toSorted(),
      incidents: incidents.map(({ elementId }) => elementId).toSorted(),
      armed: [...timers, ...subscriptions].map(({ elementId }) => elementId).toSorted(),
      status,
      variables: (scopes[0]?.variables ?? {}) as Values,
    };
  }
}

function isWorking({ waiting }: Instance['elements'][number]): boolean {
  return waiting === 'job' || waiting === 'userTask' || waiting === 'child';
}

function nth<T extends { readonly elementId: string }>(all: readonly T[], choice: { readonly elementId: string; readonly nth: number }): T {
  const found = all.filter(({ elementId }) => elementId === choice.elementId)[choice.nth];
  if (found === undefined) throw new Error(`The engine does not wait at ${choice.elementId} (${choice.nth}).`);
  return found;
}
