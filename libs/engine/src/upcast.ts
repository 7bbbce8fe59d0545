import { EVENT_VERSION } from './event.js';
import type { Event } from './event.js';
import type { Incident, Instance, Key, MessageSubscription, Token } from './instance.js';
import type { CallActivityModel, CalledProcess, ElementModel, ProcessModel } from './model.js';
import { newInstance } from './new-instance.js';
import { insert } from './table.js';

/**
 * Stored events and states of older versions, read as today's. The only place that knows the old shapes.
 *
 * Version 1 (first release):
 * - A flow taken was an event of its own (`flowTaken`), and every visit an element instance; events of today's
 *   `elementPassed` kind did not exist. `flowTaken` told nothing that `via` does not tell, so it vanishes.
 *   Numbers of later events in the same history keep the gap: `sequence` of a stored state stays as it is.
 * - `tokenHeld` came after `elementActivated` of the same key and did not repeat the scope.
 * - `messageSubscriptionClosed` is `subscriptionClosed`, for every kind of subscription.
 * - `stepYielded` listed keys of element instances that were activated and not yet entered.
 * - The tables of a state were records by key, and an incident's `key` was its element instance's.
 */
export function upcastEvent(event: unknown, version: number): readonly Event[] {
  if (version === EVENT_VERSION) return [event as Event];
  expectKnown(version);
  const old = event as EventV1;
  switch (old.type) {
    case 'flowTaken':
      return [];
    case 'tokenHeld':
      // Its scope is that of the element instance, which `apply` finds.
      return [{ type: 'tokenHeld', key: old.key, elementId: old.elementId, scope: 0 }];
    case 'messageSubscriptionClosed':
      return [{ type: 'subscriptionClosed', subscription: old.subscription }];
    case 'stepYielded':
      return [{ type: 'stepYielded', ready: old.ready.map(knownByKey) }];
    default:
      return [old];
  }
}

/** A stored state as today's. Fields that did not exist begin as in a new instance. */
export function upcastState(state: unknown, version: number): Instance {
  if (version === EVENT_VERSION) return state as Instance;
  expectKnown(version);
  const { scopes, elements, timers, subscriptions, incidents, ready, ...rest } = state as InstanceV1;
  const instance: Instance = { ...newInstance(), ...rest };
  fill(instance.scopes, scopes, (key, scope) => ({ key, ...scope }));
  fill(instance.elements, elements, (key, element) => ({ key, ...element }));
  fill(instance.timers, timers, (key, timer) => ({ key, ...timer }));
  fill(instance.subscriptions, subscriptions, (key, subscription) => ({ key, type: 'message' as const, ...subscription }));
  fill(instance.incidents, incidents, (key, { key: host, ...incident }) => ({ key, host, ...incident }));
  instance.ready = ready.map((key) => withPlace(key, elements[key]));
  return instance;
}

/** A stored model as today's: version 1 had the members of `called` on the call activity itself, for it could call nothing else. */
export function upcastModel(model: unknown): ProcessModel {
  const { elements, ...rest } = model as ModelV1;
  return { ...rest, elements: elements.map((element) => (isCallV1(element) ? calling(element) : element)) };
}

type CallActivityV1 = Omit<CallActivityModel, 'called' | 'detached'> &
  Omit<CalledProcess, 'type' | 'processId'> & { readonly calledProcessId: CalledProcess['processId'] };

type ModelV1 = Omit<ProcessModel, 'elements'> & { readonly elements: readonly (ElementModel | CallActivityV1)[] };

function isCallV1(element: ElementModel | CallActivityV1): element is CallActivityV1 {
  return element.kind === 'callActivity' && !('called' in element);
}

function calling({
  calledProcessId: processId,
  binding,
  passAllVariables,
  returnAllVariables,
  businessKey,
  ...rest
}: CallActivityV1): CallActivityModel {
  const called: CalledProcess = { type: 'process', processId, binding, passAllVariables, returnAllVariables };
  return { ...rest, called: businessKey === undefined ? called : { ...called, businessKey } };
}

/** What version 1 looked like, where it differs. */
type EventV1 =
  | { readonly type: 'flowTaken'; readonly flowId: string; readonly scope: Key }
  | { readonly type: 'tokenHeld'; readonly key: Key; readonly elementId: string }
  | { readonly type: 'messageSubscriptionClosed'; readonly subscription: Key }
  | { readonly type: 'stepYielded'; readonly ready: readonly Key[] }
  | Exclude<Event, { readonly type: 'tokenHeld' | 'stepYielded' }>;

type TableV1<Row extends { readonly key: Key }> = Readonly<Record<string, Omit<Row, 'key'>>>;

type InstanceV1 = Omit<Instance, 'items' | 'scopes' | 'elements' | 'timers' | 'subscriptions' | 'incidents' | 'ready'> & {
  readonly scopes: TableV1<Instance['scopes'][number]>;
  readonly elements: TableV1<Instance['elements'][number]>;
  readonly timers: TableV1<Instance['timers'][number]>;
  readonly subscriptions: Readonly<Record<string, Omit<MessageSubscription, 'key' | 'type'>>>;
  readonly incidents: Readonly<Record<string, Omit<Incident, 'host'>>>;
  readonly ready: readonly Key[];
};

function fill<Old, Row extends { readonly key: Key }>(
  table: Row[],
  old: Readonly<Record<string, Old>>,
  row: (key: Key, old: Old) => Row,
): void {
  for (const [key, value] of Object.entries(old)) insert(table, row(Number(key), value));
}

/** A token that is at its element already is found by its key; what else is said of it is not read. */
function knownByKey(key: Key): Token {
  return { elementId: '', scope: 0, key };
}

function withPlace(key: Key, element: InstanceV1['elements'][string] | undefined): Token {
  return element === undefined ? knownByKey(key) : { elementId: element.elementId, scope: element.scope, key };
}

function expectKnown(version: number): void {
  if (version !== 1) throw new Error(`Events of version ${version} are not known here; the newest known is ${EVENT_VERSION}.`);
}
