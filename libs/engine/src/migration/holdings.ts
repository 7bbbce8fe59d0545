import type { Compensable, ElementInstance, Instance, Key } from '../instance.js';
import type { ElementId } from '../model.js';

/** A place that an instance holds something at: a token, what is armed, what can be undone. */
export interface Holdings {
  /** Ids of all elements that are named anywhere in the state. */
  readonly elements: ReadonlySet<ElementId>;
  /** Ids of all flows that held tokens came on, or that a complex gateway has taken tokens from. */
  readonly flows: ReadonlySet<string>;
}

export function holdingsOf(instance: Instance): Holdings {
  const elements = new Set<ElementId>();
  const flows = new Set<string>();
  for (const { elementId } of [...instance.timers, ...instance.subscriptions, ...instance.incidents, ...(instance.detached ?? [])]) {
    elements.add(elementId);
  }
  for (const { elementId, via, seen = {}, pending = [], compensating = [] } of instance.elements) {
    for (const id of [elementId, ...Object.keys(seen), ...pending]) elements.add(id);
    if (via !== undefined) flows.add(via);
    for (const one of everyIn(compensating)) elements.add(one.elementId);
  }
  for (const { compensable = [], seen = {}, resetting = {} } of instance.scopes) {
    for (const one of everyIn(compensable)) elements.add(one.elementId);
    for (const id of [...Object.keys(seen), ...Object.keys(resetting)]) elements.add(id);
    for (const id of Object.values(resetting).flat()) flows.add(id);
  }
  for (const { elementId, via } of instance.ready) {
    elements.add(elementId);
    if (via !== undefined) flows.add(via);
  }
  return { elements, flows };
}

/** Everything recorded to be undone, with what is inside it. */
export function everyIn(compensables: readonly Compensable[]): readonly Compensable[] {
  return compensables.flatMap((one) => [one, ...everyIn(one.inner ?? [])]);
}

/** Tokens that wait for others, by the element and the scope they wait in. */
export function heldIn(
  instance: Instance,
): readonly { readonly elementId: ElementId; readonly scope: Key; readonly tokens: readonly ElementInstance[] }[] {
  return instance.scopes.flatMap(({ key: scope, held = {} }) =>
    Object.entries(held).flatMap(([elementId, keys]) => {
      const tokens = instance.elements.filter(({ key }) => keys.includes(key));
      return tokens.length === 0 ? [] : [{ elementId, scope, tokens }];
    }),
  );
}
