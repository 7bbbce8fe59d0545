import type { Key } from '../instance.js';
import type { Run } from '../run.js';
import { chooseFlows } from '../routing.js';
import type { Scene } from '../scene.js';

/** What gateways that join have in common. */

/** Hold the token at the gateway it has come to. */
export function hold({ run, element, scope, arrival: { via }, key }: Scene): void {
  run.emit({ type: 'tokenHeld', key, elementId: element.id, scope, ...(via === undefined ? undefined : { via }) });
}

/** Of every flow that has brought tokens held here, the oldest one; in the order they came. */
export function oldestPerFlow(run: Run, held: readonly Key[]): ReadonlyMap<string | undefined, Key> {
  const oldest = new Map<string | undefined, Key>();
  for (const key of held) {
    const { via } = run.token(key);
    if (!oldest.has(via)) oldest.set(via, key);
  }
  return oldest;
}

/** Go on by every way whose condition says so, with the tokens it has joined. @throws EvaluationFailed */
export function goOn(scene: Scene, joined?: readonly Key[]): void {
  const { hasConditions, outgoing } = scene.element;
  scene.depart(hasConditions ? chooseFlows(scene) : outgoing, joined);
}
