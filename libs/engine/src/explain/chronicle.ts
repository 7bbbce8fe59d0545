import type { Event } from '../event.js';
import type { Key } from '../instance.js';
import type { ElementId } from '../model.js';
import { ownValue } from '../variables.js';

export interface Visit {
  elementId: ElementId;
  readonly scope: Key;
  readonly via?: string;
  readonly loopCounter?: number;
}

export interface ArmedEvent {
  elementId: ElementId;
  readonly host: Key;
  /** What it waits for, as the beginning of a sentence: “The timer”, “The message “news””. */
  readonly what: string;
}

/** What must be remembered of the events before one, to tell what that one means. */
export class Chronicle {
  readonly visits = new Map<Key, Visit>();
  readonly armed = new Map<Key, ArmedEvent>();
  readonly incidents = new Map<Key, { readonly host: Key; readonly code: string; readonly isWayOut: boolean }>();
  readonly loops = new Map<Key, { readonly total: number; completed: number }>();
  /** Of the element instance that threw last. */
  thrower: Key = 0;

  /** Who moves tokens by hand just now, and why; over with the first event that is no termination. */
  modification?: { readonly by?: string; readonly reason?: string } | undefined;

  elementAt(key: Key): ElementId | undefined {
    return this.visits.get(key)?.elementId;
  }

  note(event: Event): void {
    if (event.type === 'instanceModified') this.modification = event;
    else if (event.type !== 'elementTerminated' && event.type !== 'variablesSet') this.modification = undefined;
    switch (event.type) {
      case 'elementPassed':
      case 'elementActivated':
      case 'tokenHeld': {
        const { key, elementId, scope, via } = event;
        const loopCounter = 'loopCounter' in event ? event.loopCounter : undefined;
        if (!this.visits.has(key)) this.visits.set(key, { elementId, scope, ...defined(via, loopCounter) });
        if (event.type === 'elementPassed' && loopCounter !== undefined) this.count(scope);
        return;
      }
      case 'elementCompleted': {
        const visit = this.visits.get(event.key);
        if (visit?.loopCounter !== undefined) this.count(visit.scope);
        return;
      }
      case 'timerScheduled':
        this.armed.set(event.timer, { elementId: event.elementId, host: event.host, what: 'The timer' });
        return;
      case 'messageSubscriptionOpened': {
        const key = event.correlationKey === null ? '' : ` with the key ${event.correlationKey}`;
        this.armed.set(event.subscription, {
          elementId: event.elementId,
          host: event.host,
          what: `The message “${event.messageName}”${key}`,
        });
        return;
      }
      case 'signalSubscriptionOpened':
        this.armed.set(event.subscription, { elementId: event.elementId, host: event.host, what: `The signal “${event.signalName}”` });
        return;
      case 'conditionArmed':
        this.armed.set(event.subscription, { elementId: event.elementId, host: event.host, what: 'The condition' });
        return;
      case 'timerFired':
      case 'timerCanceled':
        this.armed.delete(event.timer);
        return;
      case 'messageCorrelated':
      case 'signalReceived':
      case 'subscriptionClosed':
        this.armed.delete(event.subscription);
        return;
      case 'incidentCreated':
        this.incidents.set(event.incident, { host: event.key, code: event.code, isWayOut: event.retry === 'leave' });
        return;
      case 'loopStarted':
        this.loops.set(event.key, { total: event.total, completed: 0 });
        return;
      case 'errorThrown':
      case 'escalationThrown':
        this.thrower = event.key;
        return;
      case 'instanceMigrated':
        for (const one of [...this.visits.values(), ...this.armed.values()])
          one.elementId = ownValue(event.elements, one.elementId) ?? one.elementId;
        return;
      default:
        return;
    }
  }

  /** An inner instance of a loop is done. */
  private count(body: Key): void {
    const loop = this.loops.get(body);
    if (loop !== undefined) loop.completed += 1;
  }
}

function defined(via: string | undefined, loopCounter: number | undefined): Pick<Visit, 'via' | 'loopCounter'> {
  return { ...(via === undefined ? undefined : { via }), ...(loopCounter === undefined ? undefined : { loopCounter }) };
}
