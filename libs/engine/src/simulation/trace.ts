import type { Event } from '../event.js';
import type { Instance, Key } from '../instance.js';
import type { ElementId, Instant } from '../model.js';
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
}

/**
 * Turns the events of one instance into trace entries.
 *
 * A join is traced once, when it fires, however many tokens it took. A boundary event is *caught*
 * after it is *activated*, like any other event that waits.
 */
export class Trace {
  private readonly elementIds = new Map<Key, ElementId>();
  private readonly pendingCatches = new Set<ElementId>();

  constructor(
    private readonly process: Process,
    private readonly emit: (entry: TraceEntry) => void,
  ) {}

  /** `before` still has the timers and subscriptions that the event ends. */
  add(event: Event, at: Instant, before: Pick<Instance, 'timers' | 'subscriptions'>): void {
    switch (event.type) {
      case 'instanceStarted':
        if (this.isTriggered(event.startElementId)) this.pendingCatches.add(event.startElementId);
        return;
      case 'elementActivated':
        return this.activated(event.key, event.elementId, at);
      case 'elementCompleted':
        if (this.isJoin(event.elementId)) this.push(event.elementId, 'activated', at);
        return this.push(event.elementId, 'completed', at);
      case 'elementTerminated':
        if (!this.isJoin(event.elementId)) this.push(event.elementId, 'terminated', at);
        return;
      case 'errorThrown':
        return this.push(this.elementIds.get(event.key), 'thrown', at);
      case 'messagePublished':
        return this.push(event.elementId, 'thrown', at);
      case 'errorCaught':
        this.pendingCatches.add(event.elementId);
        return;
      case 'timerFired':
        return this.caught(before.timers[event.timer], at);
      case 'messageCorrelated':
        return this.caught(before.subscriptions[event.subscription], at);
      default:
        return;
    }
  }

  private activated(key: Key, elementId: ElementId, at: Instant): void {
    this.elementIds.set(key, elementId);
    if (this.isJoin(elementId)) return;
    this.push(elementId, 'activated', at);
    if (this.pendingCatches.delete(elementId)) this.push(elementId, 'caught', at);
  }

  private caught(waited: { readonly elementId: ElementId; readonly host: Key } | undefined, at: Instant): void {
    if (waited === undefined) return;
    if (this.elementIds.get(waited.host) === waited.elementId) this.push(waited.elementId, 'caught', at);
    else this.pendingCatches.add(waited.elementId);
  }

  private isJoin(elementId: ElementId): boolean {
    const element = this.process.byId.get(elementId);
    return element?.model.kind === 'parallelGateway' && element.incoming.length > 1;
  }

  private isTriggered(elementId: ElementId): boolean {
    const model = this.process.byId.get(elementId)?.model;
    return model?.kind === 'startEvent' && model.event.type !== 'none';
  }

  private push(elementId: ElementId | undefined, event: TraceEntry['event'], at: Instant): void {
    const element = elementId === undefined ? undefined : this.process.byId.get(elementId);
    if (element === undefined) return;
    const { id, model } = element;
    this.emit({ elementId: id, elementType: model.kind.charAt(0).toUpperCase() + model.kind.slice(1), event, at: formatInstant(at) });
  }
}
