import type { Change, Command } from '../command.js';
import type { Key } from '../instance.js';
import type { ElementId } from '../model.js';
import type { Element } from '../process.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { by } from './by.js';

/**
 * Move tokens by hand. Everything is checked before anything is changed; new tokens are on their way before others
 * are taken away, so that a scope whose only token moves stays open only if the token comes back into it.
 *
 * @throws Refusal `unknown-element`, `unknown-scope`, `not-waiting`
 */
export function modify(run: Run, command: Extract<Command, { readonly type: 'modify' }>): void {
  const planned = command.changes.map((change) => plan(run, change));
  expectToLast(run, planned);
  run.advanceTime();
  run.emit({ type: 'instanceModified', ...by(command) });
  const emptied = new Set<Key>();
  for (const { activates } of planned) if (activates?.variables !== undefined) run.writeTo(activates.scope, activates.variables);
  for (const { activates } of planned) if (activates !== undefined) run.arrive(activates.element, activates.scope);
  for (const { terminates } of planned) {
    if (terminates === undefined || !run.isAlive(terminates)) continue;
    emptied.add(run.token(terminates).scope);
    run.terminate(terminates);
  }
  for (const scope of emptied) if (scope === 0 || run.isAlive(scope)) run.endScopeIfEmpty(scope);
}

interface Planned {
  readonly terminates?: Key;
  readonly activates?: {
    readonly element: Element;
    readonly scope: Key;
    readonly variables?: NonNullable<Extract<Change, { type: 'activate' }>['variables']>;
  };
}

function plan(run: Run, change: Change): Planned {
  switch (change.type) {
    case 'terminate':
      expectAlive(run, change.key);
      return { terminates: change.key };
    case 'activate': {
      const element = expectElement(run, change.elementId);
      const scope = scopeFor(run, element, change.scope);
      return { activates: { element, scope, ...(change.variables === undefined ? undefined : { variables: change.variables }) } };
    }
    case 'move': {
      expectAlive(run, change.key);
      const element = expectElement(run, change.elementId);
      const { scope } = run.token(change.key);
      const isSameLevel = run.elementOf(change.key).model.parent === element.model.parent;
      return { terminates: change.key, activates: { element, scope: isSameLevel ? scope : scopeFor(run, element, undefined) } };
    }
  }
}

/** Nothing can begin inside what is taken away. */
function expectToLast(run: Run, planned: readonly Planned[]): void {
  const terminated = new Set(planned.map(({ terminates }) => terminates));
  for (const { activates } of planned) {
    for (let scope = activates?.scope ?? 0; scope !== 0; scope = run.token(scope).scope) {
      if (!terminated.has(scope)) continue;
      throw new Refusal('unknown-scope', `${activates!.element.id} lies inside ${run.token(scope).elementId}, which is taken away.`);
    }
  }
}

function expectAlive(run: Run, key: Key): void {
  if (!run.isAlive(key)) throw new Refusal('not-waiting', `Element instance ${key} is not there.`);
}

function expectElement(run: Run, elementId: ElementId): Element {
  const element = run.process.byId.get(elementId);
  if (element === undefined) throw new Refusal('unknown-element', `Process ${run.process.id} has no element ${elementId}.`);
  const { kind } = element.model;
  if (kind === 'boundaryEvent' || (kind === 'subProcess' && element.model.triggeredByEvent === true)) {
    throw new Refusal('unknown-element', `No token can be put on ${elementId}: only its event brings one there.`);
  }
  return element;
}

/** The open scope of the element's level: the named one, or the only one there is. */
function scopeFor(run: Run, element: Element, named: Key | undefined): Key {
  const { parent } = element.model;
  const isOfLevel = (key: Key) =>
    parent === undefined
      ? key === 0
      : key !== 0 && run.isAlive(key) && run.token(key).elementId === parent && run.token(key).loop === undefined;
  const open = run.instance.scopes.filter(({ key }) => isOfLevel(key));
  if (named !== undefined) {
    if (find(run.instance.scopes, named) === undefined || !isOfLevel(named))
      throw new Refusal('unknown-scope', `Scope ${named} is not open around ${element.id}.`);
    return named;
  }
  if (open.length === 1) return open[0]!.key;
  throw new Refusal(
    'unknown-scope',
    open.length === 0 ? `${parent} is not active: activate it first.` : `${parent} is active ${open.length} times: name the scope.`,
  );
}
