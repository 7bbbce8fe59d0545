import type { Event } from './event.js';
import type { ElementInstance, Instance, Key, Scope } from './instance.js';
import { newInstance } from './new-instance.js';
import { ownValue, setOwn } from './variables.js';

const NONE: readonly Key[] = Object.freeze([]);

/**
 * Fold one event into the state: the only function in the engine that changes it.
 *
 * Writes into `instance`, which the step owns, and returns it. Optional members are left out, never
 * set to `undefined`, so that the state survives JSON byte for byte.
 */
export function apply(instance: Instance, event: Event): Instance {
  instance.sequence += 1;
  // A step begins with what the one before it left over; whatever happens now, it was taken up.
  if (instance.ready.length > 0) instance.ready = NONE;

  switch (event.type) {
    case 'elementActivated':
      take(instance, event.key);
      instance.transitions += 1;
      instance.elements[event.key] =
        event.via === undefined
          ? { elementId: event.elementId, scope: event.scope }
          : { elementId: event.elementId, scope: event.scope, via: event.via };
      scopeAt(instance, event.scope).tokens += 1;
      if (event.scope !== 0) elementAt(instance, event.scope).waiting = 'scope';
      return instance;
    case 'elementCompleted':
      if (event.joined !== undefined) for (const key of event.joined) end(instance, key);
      end(instance, event.key);
      return instance;
    case 'elementTerminated':
      end(instance, event.key);
      return instance;
    case 'flowTaken':
    case 'routeChosen':
    case 'decisionEvaluated':
    case 'messagePublished':
    case 'userTaskCompleted':
    case 'errorCaught':
      return instance;
    case 'jobCreated': {
      const element = elementAt(instance, event.key);
      element.waiting = 'job';
      element.retries = event.retries;
      return instance;
    }
    case 'variablesSet': {
      const scope = scopeAt(instance, event.scope);
      scope.variables = { ...scope.variables, ...event.variables };
      return instance;
    }
    case 'tokenHeld': {
      const element = elementAt(instance, event.key);
      element.waiting = 'join';
      const scope = scopeAt(instance, element.scope);
      scope.held ??= {};
      const held = ownValue(scope.held, event.elementId);
      if (held === undefined) setOwn(scope.held, event.elementId, [event.key]);
      else held.push(event.key);
      return instance;
    }
    case 'instanceStarted':
      instance.status = 'active';
      instance.processId = event.processId;
      if (event.businessKey !== undefined) instance.businessKey = event.businessKey;
      if (event.parent !== undefined) instance.parent = event.parent;
      instance.startedAt = event.at;
      instance.at = event.at;
      instance.scopes[0] = { parent: null, variables: event.variables, tokens: 0 };
      return instance;
    case 'timeAdvanced':
      instance.at = event.at;
      return instance;
    case 'scopeOpened':
      instance.scopes[event.scope] = { parent: event.parent, variables: event.variables, tokens: 0 };
      return instance;
    case 'jobFailed':
      elementAt(instance, event.key).retries = event.retriesLeft;
      instance.transitions = 0;
      return instance;
    case 'userTaskCreated': {
      const element = elementAt(instance, event.key);
      element.waiting = 'userTask';
      if (event.assignee !== undefined) element.assignee = event.assignee;
      return instance;
    }
    case 'userTaskAssigned': {
      const element = elementAt(instance, event.key);
      if (event.assignee === null) delete element.assignee;
      else element.assignee = event.assignee;
      return instance;
    }
    case 'timerScheduled': {
      const { elementId, host, dueAt, repetitions, interval } = event;
      take(instance, event.timer);
      instance.timers[event.timer] =
        repetitions === undefined || interval === undefined
          ? { elementId, host, dueAt }
          : { elementId, host, dueAt, repetitions, interval };
      const element = elementAt(instance, host);
      own(element, event.timer);
      if (element.elementId === elementId) element.waiting = 'timer';
      return instance;
    }
    case 'timerFired':
    case 'timerCanceled': {
      const timer = instance.timers[event.timer];
      if (timer !== undefined) disown(instance, timer.host, event.timer);
      delete instance.timers[event.timer];
      if (event.type === 'timerFired') instance.transitions = 0;
      return instance;
    }
    case 'messageSubscriptionOpened': {
      const { elementId, host, messageName, correlationKey } = event;
      take(instance, event.subscription);
      instance.subscriptions[event.subscription] = { elementId, host, messageName, correlationKey };
      const element = elementAt(instance, host);
      own(element, event.subscription);
      if (element.elementId === elementId) element.waiting = 'message';
      return instance;
    }
    case 'messageCorrelated':
    case 'messageSubscriptionClosed': {
      const subscription = instance.subscriptions[event.subscription];
      if (subscription !== undefined) disown(instance, subscription.host, event.subscription);
      delete instance.subscriptions[event.subscription];
      if (event.type === 'messageCorrelated') instance.transitions = 0;
      return instance;
    }
    case 'childStarted':
      elementAt(instance, event.key).waiting = 'child';
      return instance;
    case 'childCompleted':
      instance.transitions = 0;
      return instance;
    case 'errorThrown':
      if (instance.elements[event.key]?.waiting !== undefined) instance.transitions = 0;
      return instance;
    case 'incidentCreated': {
      const { key, elementId, code, message, retry } = event;
      take(instance, event.incident);
      instance.incidents[event.incident] =
        retry === undefined ? { key, elementId, code, message } : { key, elementId, code, message, retry };
      instance.elements[key] = stopped(elementAt(instance, key));
      own(elementAt(instance, key), event.incident);
      return instance;
    }
    case 'incidentResolved': {
      const incident = instance.incidents[event.incident];
      if (incident !== undefined) disown(instance, incident.key, event.incident);
      delete instance.incidents[event.incident];
      instance.transitions = 0;
      return instance;
    }
    case 'stepYielded':
      instance.ready = event.ready;
      return instance;
    case 'instanceCompleted':
      instance.status = 'completed';
      return instance;
    case 'instanceTerminated':
      instance.status = 'terminated';
      return instance;
  }
}

/** The state that a history adds up to. Equal, byte for byte as JSON, to what `step` left behind. */
export function fold(events: Iterable<Event>): Instance {
  const instance = newInstance();
  for (const event of events) apply(instance, event);
  return instance;
}

/** Count a key as used. */
function take(instance: Instance, key: Key): void {
  if (key >= instance.nextKey) instance.nextKey = key + 1;
}

/** Remove an element instance and all that ends with it. */
function end(instance: Instance, key: Key): void {
  const element = elementAt(instance, key);
  if (element.waiting === 'job' || element.waiting === 'userTask') instance.transitions = 0;
  const scope = scopeAt(instance, element.scope);
  scope.tokens -= 1;
  if (element.waiting === 'join' && scope.held !== undefined) release(scope.held, element.elementId, key);
  if (element.owns !== undefined) {
    for (const owned of element.owns) {
      delete instance.timers[owned];
      delete instance.subscriptions[owned];
      delete instance.incidents[owned];
    }
  }
  if (instance.scopes[key] !== undefined) delete instance.scopes[key];
  delete instance.elements[key];
}

function release(held: Record<string, Key[]>, elementId: string, key: Key): void {
  const keys = ownValue(held, elementId);
  if (keys === undefined) return;
  const at = keys.indexOf(key);
  if (at >= 0) keys.splice(at, 1);
}

/** The element instance as one that waits for nothing: it has an incident. */
function stopped(element: ElementInstance): ElementInstance {
  const { elementId, scope, via, owns } = element;
  const copy: ElementInstance = via === undefined ? { elementId, scope } : { elementId, scope, via };
  if (owns !== undefined) copy.owns = owns;
  return copy;
}

function own(element: ElementInstance, key: Key): void {
  if (element.owns === undefined) element.owns = [key];
  else element.owns.push(key);
}

function disown(instance: Instance, host: Key, key: Key): void {
  const owns = instance.elements[host]?.owns;
  const at = owns === undefined ? -1 : owns.indexOf(key);
  if (owns !== undefined && at >= 0) owns.splice(at, 1);
}

function elementAt(instance: Instance, key: Key): ElementInstance {
  const element = instance.elements[key];
  if (element === undefined) throw new Error(`Expected element instance ${key} to be alive, but it is not.`);
  return element;
}

function scopeAt(instance: Instance, key: Key): Scope {
  const scope = instance.scopes[key];
  if (scope === undefined) throw new Error(`Expected scope ${key} to be open, but it is not.`);
  return scope;
}
