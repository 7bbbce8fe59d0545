import type { Key } from './instance.js';
import type { Scene } from './scene.js';
import { ScopeView } from './scope-view.js';
import { get } from './table.js';
import { ownValue } from './variables.js';

/** What an activity asks for before it begins. Source: BPMN 2.0.2, 13.3.2 (startQuantity, input sets). */

/**
 * An activity that takes several tokens to begin: hold this one until there are enough.
 *
 * @returns whether it is held
 */
export function holdForQuantity(scene: Scene): boolean {
  const { element, run, scope } = scene;
  if (element.startQuantity === 1 || scene.isActive) return false;
  const held: readonly Key[] = ownValue(get(run.instance.scopes, scope).held ?? {}, element.id) ?? [];
  const { via } = scene.arrival;
  if (held.length + 1 < element.startQuantity) {
    const key = run.instance.nextKey;
    run.emit({ type: 'tokenHeld', key, elementId: element.id, scope, ...(via === undefined ? undefined : { via }) });
    return true;
  }
  scene.activate();
  for (const key of held.slice()) run.emit({ type: 'elementTerminated', key, elementId: element.id });
  return false;
}

/**
 * An activity with input sets: wait until every variable of some set has a value.
 *
 * @returns whether it waits
 */
export function lacksInputs(scene: Scene): boolean {
  const { model } = scene.element;
  const inputSets = 'inputSets' in model ? model.inputSets : undefined;
  if (inputSets === undefined || inputSets.length === 0) return false;
  const view = new ScopeView(scene.instance, scene.scope);
  const isThere = (name: string) => (view.get(name) ?? null) !== null;
  if (inputSets.some((names) => names.every(isThere))) return false;
  const key = scene.activate();
  if (scene.token.waiting !== 'data') scene.run.emit({ type: 'inputsAwaited', key, elementId: scene.element.id });
  return true;
}
