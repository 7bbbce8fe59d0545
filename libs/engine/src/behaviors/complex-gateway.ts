import type { Behavior } from '../behavior.js';
import { isDecided } from '../decided.js';
import { goOn, hold, oldestPerFlow } from '../gateways/joining.js';
import { mayFire } from '../gateways/reachability.js';
import type { Key } from '../instance.js';
import type { Json, Variables } from '../json.js';
import type { ComplexGatewayModel } from '../model.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { get } from '../table.js';
import { ownValue, setOwn } from '../variables.js';

/**
 * Complex gateway: goes on as soon as its activation condition is true for the tokens that wait here, and
 * then waits for its reset: until no more token can come on the flows that were late. Late tokens are taken
 * then, and it begins anew.
 *
 * Without a condition one token is enough. On the reset nothing goes on: that is for conditions which ask
 * for it, and none can see the state (`docs/decisions/0015`).
 *
 * Source: BPMN 2.0.2, 13.4.5.
 */
export const complexGateway: Behavior<ComplexGatewayModel> = {
  enter(scene) {
    if (scene.element.incoming.length <= 1) return goOn(scene);
    hold(scene);
  },

  wake(run, element, scope, held) {
    const contributed = ownValue(get(run.instance.scopes, scope).resetting ?? {}, element.id);
    const scene = run.scene(held[0]!) as Scene<ComplexGatewayModel>;
    try {
      return contributed === undefined ? activate(run, scene, held) : reset(run, scene, held, contributed);
    } catch (error) {
      scene.fail(error);
      return true;
    }
  },
};

function activate(run: Run, scene: Scene<ComplexGatewayModel>, held: readonly Key[]): boolean {
  const { activationCondition } = scene.model;
  if (activationCondition !== undefined && !isDecided(scene, activationCondition, true, counts(run, scene.element, held))) return false;
  const keys = [...oldestPerFlow(run, held).values()];
  const flows = keys.flatMap((key) => run.token(key).via ?? []);
  run.emit({ type: 'gatewayFired', elementId: scene.element.id, scope: scene.scope, flows });
  goOn(
    scene,
    keys.filter((key) => key !== scene.key),
  );
  return true;
}

/** Are all late tokens here that can still come? Then they are taken, and the gateway waits for its start again. */
function reset(run: Run, scene: Scene<ComplexGatewayModel>, held: readonly Key[], contributed: readonly string[]): boolean {
  const { element, scope } = scene;
  const late = new Set(element.incoming.map(({ id }) => id).filter((id) => !contributed.includes(id)));
  if (!mayFire(run, element, scope, held, late)) return false;
  run.emit({ type: 'gatewayReset', elementId: element.id, scope });
  for (const [via, key] of oldestPerFlow(run, held)) {
    if (via !== undefined && late.has(via)) run.emit({ type: 'elementTerminated', key, elementId: element.id });
  }
  run.endScopeIfEmpty(scope);
  return true;
}

function counts(run: Run, element: Element, held: readonly Key[]): Variables {
  const variables: Record<string, Json> = { activationCount: held.length };
  for (const { id } of element.incoming) setOwn(variables, id, held.filter((key) => run.token(key).via === id).length);
  return variables;
}
