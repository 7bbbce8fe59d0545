import type { Instance, Key, Scope } from './instance.js';
import type { Json, Variables } from './json.js';
import type { Instant } from './model.js';
import type { VariableScope } from './ports.js';
import { find } from './table.js';

/** The variables as one scope sees them, outwards to the instance; `nearest` lies before all of them. */
export class ScopeView implements VariableScope {
  constructor(
    private readonly instance: Instance,
    private readonly scope: Key,
    private readonly nearest?: Variables,
  ) {}

  get now(): Instant {
    return this.instance.at;
  }

  get(name: string): Json | undefined {
    if (this.nearest !== undefined && Object.hasOwn(this.nearest, name)) return this.nearest[name];
    const { scopes } = this.instance;
    let scope = find(scopes, this.scope);
    while (scope !== undefined) {
      if (Object.hasOwn(scope.variables, name)) return scope.variables[name];
      scope = scope.parent === null ? undefined : find(scopes, scope.parent);
    }
    return undefined;
  }

  names(): Iterable<string> {
    const names = new Set<string>(this.nearest === undefined ? [] : Object.keys(this.nearest));
    for (let key: Key | null = this.scope; key !== null;) {
      const scope: Scope | undefined = find(this.instance.scopes, key);
      if (scope === undefined) break;
      for (const name of Object.keys(scope.variables)) names.add(name);
      key = scope.parent;
    }
    return names;
  }
}

/** The nearest scope, from `from` outwards, that has the name. */
export function holderOf(instance: Instance, from: Key, name: string): Key | null {
  let key: Key | null = from;
  while (key !== null) {
    const scope: Scope | undefined = find(instance.scopes, key);
    if (scope === undefined) return null;
    if (Object.hasOwn(scope.variables, name)) return key;
    key = scope.parent;
  }
  return null;
}

/** Every visible variable, nearer ones before farther ones of the same name. */
export function visibleVariables(instance: Instance, from: Key): Variables {
  const scope = find(instance.scopes, from);
  if (scope === undefined) return {};
  if (scope.parent === null) return scope.variables;
  return { ...visibleVariables(instance, scope.parent), ...scope.variables };
}
