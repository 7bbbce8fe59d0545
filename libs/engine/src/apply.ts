import { applyCompensation } from './apply/compensation.js';
import { applyLoop, countItem } from './apply/loop.js';
import { activate, awake, end, hold, note, ownerOf, release } from './apply/tokens.js';
import { applyMigration } from './apply/migration.js';
import { applyTrigger } from './apply/triggers.js';
import type { Event } from './event.js';
import type { Instance, Key, Token } from './instance.js';
import { newInstance } from './new-instance.js';
import { find, get, insert, remove } from './table.js';

const NONE: readonly Token[] = Object.freeze([]);

/**
 * Fold one event into the state: the only function in the engine that changes it (with its parts in `apply/`).
 *
 * Writes into `instance`, which the step owns, and returns it. Optional members are left out, never
 * set to `undefined`, so that the state survives JSON byte for byte.
 */
export function apply(instance: Instance, event: Event): Instance {
  instance.sequence += 1;
  // A step begins with what the one before it left over; whatever happens now, it was taken up.
  if (instance.ready.length > 0) instance.ready = NONE;

  switch (event.type) {
    case 'elementPassed':
      if (event.key >= instance.nextKey) instance.nextKey = event.key + 1;
      if (event.joined !== undefined) for (const key of event.joined) end(instance, key);
      if (event.loopCounter === undefined) instance.transitions += 1;
      else countItem(instance, event.scope, event.loopCounter, event.output);
      return instance;
    case 'elementActivated':
      activate(instance, event);
      return instance;
    case 'elementCompleted': {
      if (event.joined !== undefined) for (const key of event.joined) end(instance, key);
      const { loopCounter, scope } = end(instance, event.key);
      if (loopCounter !== undefined) countItem(instance, scope, loopCounter, event.output);
      return instance;
    }
    case 'elementTerminated': {
      const { loopCounter, scope } = end(instance, event.key);
      const loop = loopCounter === undefined ? undefined : find(instance.elements, scope)?.loop;
      if (loop !== undefined) loop.terminated += 1;
      return instance;
    }
    case 'routeChosen':
    case 'decisionEvaluated':
    case 'userTaskCompleted':
    case 'errorCaught':
    case 'escalationThrown':
    case 'escalationCaught':
    case 'instanceModified':
      return instance;
    case 'messagePublished':
      note(instance, event.key);
      return instance;
    case 'variablesSet': {
      const scope = get(instance.scopes, event.scope);
      scope.variables = { ...scope.variables, ...event.variables };
      return instance;
    }
    case 'tokenHeld':
      hold(instance, event);
      return instance;
    case 'jobCreated': {
      const element = get(instance.elements, event.key);
      element.waiting = 'job';
      element.retries = event.retries;
      return instance;
    }
    case 'jobFailed':
      get(instance.elements, event.key).retries = event.retriesLeft;
      awake(instance);
      return instance;
    case 'userTaskCreated': {
      const element = get(instance.elements, event.key);
      element.waiting = 'userTask';
      if (event.assignee !== undefined) element.assignee = event.assignee;
      return instance;
    }
    case 'userTaskAssigned': {
      const element = get(instance.elements, event.key);
      if (event.assignee === null) delete element.assignee;
      else element.assignee = event.assignee;
      return instance;
    }
    case 'scopeOpened':
      insert(instance.scopes, { key: event.scope, parent: event.parent, variables: event.variables, tokens: 0 });
      return instance;
    case 'timerScheduled':
    case 'timerFired':
    case 'timerCanceled':
    case 'timerRescheduled':
    case 'messageSubscriptionOpened':
    case 'messageCorrelated':
    case 'signalSubscriptionOpened':
    case 'signalReceived':
    case 'conditionArmed':
    case 'conditionChanged':
    case 'subscriptionClosed':
    case 'partSeen':
    case 'conversationBegun':
    case 'signalThrown':
    case 'signalConsumed':
      applyTrigger(instance, event);
      return instance;
    case 'childStarted':
      if (event.detached === undefined) get(instance.elements, event.key).waiting = 'child';
      else (instance.detached ??= []).push({ key: event.key, elementId: event.elementId });
      return instance;
    case 'childCompleted':
      if (instance.detached !== undefined) leaveDetached(instance, event.key);
      awake(instance);
      return instance;
    case 'errorThrown':
      if (find(instance.elements, event.key)?.waiting !== undefined) awake(instance);
      return instance;
    case 'loopStarted':
    case 'adHocActivated':
    case 'conditionDecided':
    case 'gatewayFired':
    case 'gatewayReset':
    case 'adHocStarted':
    case 'inputsAwaited':
    case 'spawnedAwaited':
      applyLoop(instance, event);
      return instance;
    case 'compensationRecorded':
    case 'compensationStarted':
    case 'compensationTaken':
      applyCompensation(instance, event);
      return instance;
    case 'incidentCreated': {
      const { incident: key, key: host, elementId, code, message, retry } = event;
      note(instance, key);
      const incident = { key, host, elementId, code, message };
      insert(instance.incidents, retry === undefined ? incident : { ...incident, retry });
      stop(instance, host, key);
      return instance;
    }
    case 'incidentResolved': {
      const incident = remove(instance.incidents, event.incident);
      const owns = incident === undefined ? undefined : ownerOf(instance, incident.host)?.owns;
      if (owns !== undefined && owns.includes(event.incident)) owns.splice(owns.indexOf(event.incident), 1);
      const host = incident === undefined ? undefined : find(instance.elements, incident.host);
      if (host !== undefined && event.retries !== undefined) host.retries = event.retries;
      awake(instance);
      return instance;
    }
    case 'instanceStarted':
      instance.status = 'active';
      instance.processId = event.processId;
      if (event.businessKey !== undefined) instance.businessKey = event.businessKey;
      if (event.parent !== undefined) instance.parent = event.parent;
      instance.startedAt = event.at;
      instance.at = event.at;
      instance.scopes.push({ key: 0, parent: null, variables: event.variables, tokens: 0 });
      return instance;
    case 'timeAdvanced':
      instance.at = event.at;
      return instance;
    case 'stepYielded':
      instance.ready = event.ready;
      return instance;
    case 'instanceSuspended':
      instance.status = 'suspended';
      return instance;
    case 'instanceResumed':
      instance.status = 'active';
      delete instance.deferred;
      awake(instance);
      return instance;
    case 'commandDeferred':
      (instance.deferred ??= []).push(event.command);
      return instance;
    case 'instanceMigrated':
      applyMigration(instance, event);
      return instance;
    case 'instanceCompleted':
    case 'instanceTerminated':
      instance.status = event.type === 'instanceCompleted' ? 'completed' : 'terminated';
      // What waited in the name of the instance itself ends with it.
      instance.timers = [];
      instance.subscriptions = [];
      instance.incidents = [];
      if (instance.scopes[0] !== undefined) delete instance.scopes[0].owns;
      delete instance.deferred;
      return instance;
  }
}

/** The state that a history adds up to. Equal, byte for byte as JSON, to what `step` left behind. */
export function fold(events: Iterable<Event>): Instance {
  const instance = newInstance();
  for (const event of events) apply(instance, event);
  return instance;
}

function leaveDetached(instance: Instance, key: Key): void {
  const left = instance.detached!.filter((child) => child.key !== key);
  if (left.length === 0) delete instance.detached;
  else instance.detached = left;
}

/** The element instance waits for nothing any more: it has an incident. */
function stop(instance: Instance, key: Key, incident: Key): void {
  const owner = ownerOf(instance, key)!;
  (owner.owns ??= []).push(incident);
  if (key === 0) return;
  const element = get(instance.elements, key);
  if (element.waiting === 'join') release(get(instance.scopes, element.scope), element);
  // The body of a loop, and a sub-process, still wait for what runs inside.
  if (element.loop === undefined && element.waiting !== 'scope') delete element.waiting;
  delete element.retries;
  delete element.assignee;
}
