import { reachabilityOf } from '../gateways/reachability.js';
import type { Key } from '../instance.js';
import type { ElementId } from '../model.js';
import type { Element, Process } from '../process.js';

/** Where tokens are, as one version of the process names the places. */
export interface Whereabouts {
  readonly elementId: ElementId;
  readonly scope: Key;
  readonly via?: string | undefined;
}

/** A parallel join that can never be complete again: a token waits at it, or may come, and no other can come on some flow. */
export interface StuckJoin {
  readonly join: Element;
  readonly scope: Key;
  readonly missing: readonly string[];
}

/** `inside`: for every open scope, the sub-process it is the inside of. */
export function stuckJoins(
  process: Process,
  inside: ReadonlyMap<Key, ElementId | undefined>,
  tokens: readonly Whereabouts[],
): readonly StuckJoin[] {
  const joins = process.elements.filter(({ model, incoming }) => model.kind === 'parallelGateway' && incoming.length > 1);
  return joins.flatMap((join) => {
    const level = process.elements.filter(({ model }) => model.parent === join.model.parent);
    const reachability = reachabilityOf(join, level);
    const scopes = [...inside].filter(([, parent]) => parent === join.model.parent);
    return scopes.flatMap(([scope]) => {
      const covered = new Set<string | undefined>();
      for (const token of tokens.filter((one) => one.scope === scope)) {
        if (token.elementId === join.id) covered.add(token.via);
        else for (const flow of reachability.get(process.byId.get(token.elementId)!)?.keys() ?? []) covered.add(flow);
      }
      const missing = join.incoming.map(({ id }) => id).filter((id) => !covered.has(id));
      return missing.length === 0 || missing.length === join.incoming.length ? [] : [{ join, scope, missing }];
    });
  });
}
