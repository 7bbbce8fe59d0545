import type { Armed, Event } from '../event.js';
import type { Key } from '../instance.js';
import type { ElementId, ElementModel, Instant } from '../model.js';
import type { Process } from '../process.js';
import { formatInstant } from '../timers/calendar.js';

/** One line of the trace of `baton run`. */
export interface TraceEntry {
  readonly elementId: ElementId;
  /** The BPMN name without prefix: `UserTask`, `ExclusiveGateway` … */
  readonly elementType: string;
  readonly event: 'activated' | 'completed' | 'terminated' | 'thrown' | 'caught';
  /** ISO 8601, UTC. */
  readonly at: string;
  /** The activity around the inner instances of a loop. */
  readonly body?: true;
}

/**
 * Turns the events of one instance into trace entries.
 *
 * A join is traced once, when it fires, however many tokens it took. A boundary event is *caught*
 * after it is *activated*, like any other event that waits.
 */
export class Trace {
  private readonly visits = new Map<Key, { readonly elementId: ElementId; readonly isBody: boolean }>();
  private readonly held = new Set<Key>();
  private readonly armed = new Map<Key, Armed>();

  constructor(
    private readonly process: Process,
    private readonly emit: (entry: TraceEntry) => void,
  ) {}

  add(event: Event, at: Instant): void {
    switch (event.type) {
      case 'elementPassed':
        this.push(event.elementId, 'activated', at);
        if (event.caught === true) this.push(event.elementId, 'caught', at);
        if (this.process.byId.get(event.elementId)?.linkTarget !== undefined) this.push(event.elementId, 'thrown', at);
        return this.push(event.elementId, 'completed', at);
      case 'elementActivated': {
        const isBody = event.loopCounter === undefined && this.process.byId.get(event.elementId)?.loop !== undefined;
        this.visits.set(event.key, { elementId: event.elementId, isBody });
        this.push(event.elementId, 'activated', at, isBody);
        if (event.caught === true) this.push(event.elementId, 'caught', at);
        return;
      }
      case 'tokenHeld':
        this.held.add(event.key);
        return;
      case 'elementCompleted':
        if (this.held.delete(event.key)) this.push(event.elementId, 'activated', at);
        return this.push(event.elementId, 'completed', at, this.visits.get(event.key)?.isBody);
      case 'elementTerminated':
        if (!this.held.has(event.key)) this.push(event.elementId, 'terminated', at, this.visits.get(event.key)?.isBody);
        return;
      case 'errorThrown':
      case 'escalationThrown': {
        const { elementId } = this.visits.get(event.key) ?? {};
        // What a called process threw was thrown there.
        const isCall = elementId !== undefined && this.process.byId.get(elementId)?.model.kind === 'callActivity';
        return isCall ? undefined : this.push(elementId, 'thrown', at);
      }
      case 'compensationStarted':
      case 'messagePublished':
      case 'signalThrown':
        return this.push(event.elementId, 'thrown', at);
      case 'timerScheduled':
        this.armed.set(event.timer, event);
        return;
      case 'messageSubscriptionOpened':
      case 'signalSubscriptionOpened':
      case 'conditionArmed':
        this.armed.set(event.subscription, event);
        return;
      case 'timerFired':
        return this.caught(event.timer, at);
      case 'messageCorrelated':
      case 'signalReceived':
        return this.caught(event.subscription, at);
      case 'conditionChanged':
        if (event.isTrue) this.caught(event.subscription, at);
        return;
      default:
        return;
    }
  }

  /** What waits itself catches where it is; all others are traced when the token they bring arrives. */
  private caught(key: Key, at: Instant): void {
    const armed = this.armed.get(key);
    if (armed !== undefined && this.visits.get(armed.host)?.elementId === armed.elementId) this.push(armed.elementId, 'caught', at);
  }

  private push(elementId: ElementId | undefined, event: TraceEntry['event'], at: Instant, isBody = false): void {
    const element = elementId === undefined ? undefined : this.process.byId.get(elementId);
    if (element === undefined) return;
    const entry = { elementId: element.id, elementType: typeOf(element.model), event, at: formatInstant(at) };
    this.emit(isBody ? { ...entry, body: true } : entry);
  }
}

function typeOf(model: ElementModel): string {
  if (model.kind === 'subProcess' && model.transaction === true) return 'Transaction';
  if (model.kind === 'subProcess' && model.adHoc !== undefined) return 'AdHocSubProcess';
  return model.kind.charAt(0).toUpperCase() + model.kind.slice(1);
}
