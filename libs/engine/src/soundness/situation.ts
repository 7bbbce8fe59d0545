import type { ElementInstance, Instance, Key } from '../instance.js';
import { newInstance } from '../new-instance.js';
import { find } from '../table.js';
import { ownValue } from '../variables.js';

/** One instance on its way, with what soundness must know of its past. */
export interface Situation {
  readonly instance: Instance;
  /** End events reached in scopes that are still open, `scope:element`; `scope:element:again` if more than once. */
  ends: readonly string[];
  /** Events that do not interrupt and have happened, `host:element`: once is enough. */
  spent: readonly string[];
}

/** Marks an end event that was reached more than once. */
export const AGAIN = ':again';

export function nothingYet(): Situation {
  return { instance: newInstance(), ends: [], spent: [] };
}

/** How often something more of the same is told apart. */
const COUNT_MAX = 3;

/**
 * One text for all situations that go on in the same way. Left out are keys, ages, times and variables, which
 * nothing in an abstract model reads, and how often something has been done: rounds of standard loops, and
 * how many times the same activity could be undone (undoing it once more shows nothing new). So the
 * texts are finitely many as long as tokens are.
 */
export function canonical({ instance, ends, spent }: Situation): string {
  if (instance.status !== 'active')
    return `${instance.status} ${ends
      .filter((end) => end.endsWith(AGAIN))
      .toSorted()
      .join()}`;
  const ready = instance.ready.map(({ elementId }) => elementId).join();
  const detached = (instance.detached ?? []).map(({ elementId }) => elementId).toSorted();
  return `${ofScope(instance, ends, spent, 0)}${ready}&${detached.join()}`;
}

function ofScope(instance: Instance, ends: readonly string[], spent: readonly string[], key: Key): string {
  const scope = find(instance.scopes, key);
  if (scope === undefined) return '';
  const tokens = instance.elements.filter((token) => token.scope === key).map((token) => ofToken(instance, ends, spent, token));
  const prefix = `${key}:`;
  const ended = ends.filter((end) => end.startsWith(prefix)).map((end) => end.slice(prefix.length));
  const parts = [tokens, ended, distinct((scope.compensable ?? []).map(ofRecord))].map((list) => list.toSorted().join());
  const signals = Object.entries(scope.signals ?? {}).map(([name, count]) => `${name}*${Math.min(count, COUNT_MAX)}`);
  const resetting = Object.entries(scope.resetting ?? {}).map(([id, flows]) => `${id}<${flows.toSorted().join()}`);
  const own = key === 0 ? armed(instance, spent, 0) + seen(scope.seen) : '';
  return `{${parts.join('|')}|${signals.toSorted().join()}|${resetting.toSorted().join()}${own}}`;
}

function ofToken(instance: Instance, ends: readonly string[], spent: readonly string[], token: ElementInstance): string {
  const { key, elementId, via, waiting, loop, compensates, compensating, pending, loopCounter } = token;
  const incident = instance.incidents.find(({ host }) => host === key);
  return [
    elementId,
    loopCounter === undefined ? '' : '#',
    waiting === 'join' ? `<${via ?? ''}` : `:${waiting ?? ''}`,
    incident === undefined ? '' : `!${incident.code}`,
    loop === undefined ? '' : rounds(loop),
    compensates === undefined ? '' : `^${find(instance.elements, compensates)?.elementId ?? ''}`,
    compensating === undefined ? '' : `~${distinct(compensating.map(ofRecord)).join()}`,
    pending === undefined ? '' : `+${pending.join()}`,
    seen(token.seen),
    armed(instance, spent, key),
    ofScope(instance, ends, spent, key),
  ].join('');
}

function rounds({ total, started, completed, terminated }: NonNullable<ElementInstance['loop']>): string {
  const over = completed + terminated;
  return total < 0 ? `@${started - over}` : `@${started}/${over}/${total}`;
}

function armed({ timers, subscriptions }: Instance, spent: readonly string[], host: Key): string {
  const own = [...timers, ...subscriptions].filter((one) => one.host === host && !isSpent(spent, one));
  return `[${own
    .map(({ elementId, part }) => `${elementId}.${part ?? ''}`)
    .toSorted()
    .join()}]`;
}

/** Has an event that does not interrupt happened here already? */
export function isSpent(spent: readonly string[], { host, elementId, part }: { host: Key; elementId: string; part?: number }): boolean {
  return spent.includes(`${host}:${elementId}`) || (part !== undefined && spent.includes(`${host}:${elementId}:${part}`));
}

function seen(record: Readonly<Record<string, number[]>> | undefined): string {
  if (record === undefined) return '';
  return Object.keys(record)
    .map(
      (id) =>
        `?${id}${distinct((ownValue(record, id) ?? []).map(String))
          .toSorted()
          .join()}`,
    )
    .toSorted()
    .join('');
}

interface Done {
  readonly elementId: string;
  readonly inner?: readonly Done[];
}

function ofRecord({ elementId, inner = [] }: Done): string {
  return `${elementId}(${distinct(inner.map(ofRecord)).toSorted().join()})`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
