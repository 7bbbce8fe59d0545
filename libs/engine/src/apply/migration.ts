import type { Event } from '../event.js';
import type { Compensable, Instance } from '../instance.js';
import { ownValue, setOwn } from '../variables.js';

type Name = (id: string) => string;

/** Everything keeps its place; only the names of places change. Tokens on their way are sent again by the migration itself. */
export function applyMigration(instance: Instance, event: Extract<Event, { readonly type: 'instanceMigrated' }>): void {
  const element: Name = (id) => ownValue(event.elements, id) ?? id;
  const flow: Name = (id) => ownValue(event.flows, id) ?? id;
  instance.processId = event.processId;
  for (const row of [...instance.timers, ...instance.subscriptions, ...instance.incidents, ...(instance.detached ?? [])]) {
    row.elementId = element(row.elementId);
  }
  for (const row of instance.elements) {
    row.elementId = element(row.elementId);
    if (row.via !== undefined) row.via = flow(row.via);
    if (row.seen !== undefined) row.seen = rekeyed(row.seen, element);
    if (row.pending !== undefined) row.pending = row.pending.map(element);
    if (row.compensating !== undefined) row.compensating = row.compensating.map((one) => renamed(one, element));
  }
  for (const scope of instance.scopes) {
    if (scope.held !== undefined) scope.held = rekeyed(scope.held, element);
    if (scope.resetting !== undefined) {
      const resetting = rekeyed(scope.resetting, element);
      scope.resetting = Object.fromEntries(Object.entries(resetting).map(([id, flows]) => [id, flows.map(flow)]));
    }
    if (scope.seen !== undefined) scope.seen = rekeyed(scope.seen, element);
    if (scope.compensable !== undefined) scope.compensable = scope.compensable.map((one) => renamed(one, element));
  }
}

function renamed(compensable: Compensable, name: Name): Compensable {
  const { elementId, inner } = compensable;
  const copy: Compensable = { ...compensable, elementId: name(elementId) };
  if (inner !== undefined) copy.inner = inner.map((one) => renamed(one, name));
  return copy;
}

/** Lists under new names. Two that become one are put together, the older entries first. */
function rekeyed<T extends number | string>(lists: Readonly<Record<string, T[]>>, name: Name): Record<string, T[]> {
  const copy: Record<string, T[]> = {};
  for (const [id, list] of Object.entries(lists)) {
    const there = ownValue(copy, name(id));
    setOwn(copy, name(id), there === undefined ? list : [...there, ...list].toSorted((a, b) => (a < b ? -1 : 1)));
  }
  return copy;
}
