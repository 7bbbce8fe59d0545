import type { ElementActivated, Event } from '../event.js';
import type { ElementInstance, Instance, Key, Scope } from '../instance.js';
import { find, get, insert, remove } from '../table.js';
import { ownValue, setOwn } from '../variables.js';

/** Count a key as used. */
export function note(instance: Instance, key: Key): void {
  if (key >= instance.nextKey) instance.nextKey = key + 1;
}

/** Something outside has answered: the budgets begin anew. */
export function awake(instance: Instance): void {
  instance.transitions = 0;
  instance.items = 0;
}

/** What armed triggers end with: an element instance, or for 0 the instance itself, in its root scope. */
export function ownerOf(instance: Instance, host: Key): ElementInstance | Scope | undefined {
  return host === 0 ? instance.scopes[0] : find(instance.elements, host);
}

export function activate(instance: Instance, event: ElementActivated): void {
  const { key, elementId, scope, via, loopCounter, variables, compensates } = event;
  note(instance, key);
  const element: ElementInstance = { key, elementId, scope };
  if (via !== undefined) element.via = via;
  if (loopCounter === undefined) instance.transitions += 1;
  else {
    element.loopCounter = loopCounter;
    begin(instance, scope, loopCounter);
  }
  if (compensates !== undefined) element.compensates = compensates;
  insert(instance.elements, element);
  if (variables !== undefined) insert(instance.scopes, { key, parent: scope, variables, tokens: 0 });
  addToken(instance, scope);
}

/** An inner instance of a loop has begun. */
export function begin(instance: Instance, body: Key, loopCounter: number): void {
  instance.items += 1;
  const { loop } = get(instance.elements, body);
  if (loop !== undefined && loopCounter > loop.started) loop.started = loopCounter;
}

/** A token that waits for others. One that is here already, after an incident, is held again. */
export function hold(instance: Instance, event: Extract<Event, { readonly type: 'tokenHeld' }>): void {
  const { key, elementId, scope: scopeKey, via } = event;
  const there = find(instance.elements, key);
  if (there === undefined) {
    note(instance, key);
    instance.transitions += 1;
    const element: ElementInstance = { key, elementId, scope: scopeKey };
    if (via !== undefined) element.via = via;
    element.waiting = 'join';
    insert(instance.elements, element);
    addToken(instance, scopeKey);
  } else {
    there.waiting = 'join';
  }
  const scope = get(instance.scopes, there?.scope ?? scopeKey);
  scope.held ??= {};
  const held = ownValue(scope.held, elementId);
  if (held === undefined) setOwn(scope.held, elementId, [key]);
  else held.push(key);
}

/** Remove an element instance and all that ends with it. */
export function end(instance: Instance, key: Key): ElementInstance {
  const element = remove(instance.elements, key);
  if (element === undefined) throw new Error(`Expected element instance ${key} to be alive, but it is not.`);
  if (element.waiting === 'job' || element.waiting === 'userTask') awake(instance);
  const scope = get(instance.scopes, element.scope);
  scope.tokens -= 1;
  if (element.waiting === 'join') release(scope, element);
  if (element.owns !== undefined) {
    for (const owned of element.owns) {
      if (remove(instance.timers, owned) === undefined && remove(instance.subscriptions, owned) === undefined) {
        remove(instance.incidents, owned);
      }
    }
  }
  remove(instance.scopes, key);
  return element;
}

function addToken(instance: Instance, scope: Key): void {
  get(instance.scopes, scope).tokens += 1;
  if (scope !== 0) get(instance.elements, scope).waiting = 'scope';
}

/** It waits for other tokens no longer. */
export function release(scope: Scope, { key, elementId }: ElementInstance): void {
  const keys = ownValue(scope.held ?? {}, elementId);
  if (keys === undefined) return;
  if (keys[0] === key) keys.shift();
  else {
    const at = keys.indexOf(key);
    if (at >= 0) keys.splice(at, 1);
  }
}
