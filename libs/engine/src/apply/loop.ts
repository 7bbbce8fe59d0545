import type { LoopEvent } from '../event.js';
import type { Instance, Key } from '../instance.js';
import type { Json } from '../json.js';
import { get } from '../table.js';
import { setOwn } from '../variables.js';
import { begin } from './tokens.js';

/** What multiplies, gathers or delays the work of an activity. */
export function applyLoop(instance: Instance, event: LoopEvent): void {
  if (event.type === 'gatewayFired' || event.type === 'gatewayReset') return applyGateway(instance, event);
  if (event.type === 'conditionDecided') return; // a reason, no state
  const element = get(instance.elements, event.key);
  switch (event.type) {
    case 'loopStarted': {
      const { total, items } = event;
      element.waiting = 'scope';
      element.loop = { total, started: 0, completed: 0, terminated: 0, ...(items === undefined ? {} : { items }) };
      return;
    }
    case 'inputsAwaited':
      element.waiting = 'data';
      return;
    case 'spawnedAwaited':
      element.waiting = 'spawned';
      return;
    case 'adHocActivated':
      if (event.elementIds.length > 0) element.pending = [...(element.pending ?? []), ...event.elementIds];
      if (get(instance.scopes, event.key).tokens === 0) element.waiting = 'adHoc';
      return;
    case 'adHocStarted': {
      const left = (element.pending ?? []).slice(1);
      if (left.length === 0) delete element.pending;
      else element.pending = left;
      return;
    }
  }
}

function applyGateway(instance: Instance, event: Extract<LoopEvent, { readonly type: 'gatewayFired' | 'gatewayReset' }>): void {
  const scope = get(instance.scopes, event.scope);
  if (event.type === 'gatewayFired') {
    scope.resetting ??= {};
    setOwn(scope.resetting, event.elementId, [...event.flows]);
    return;
  }
  const left = Object.entries(scope.resetting ?? {}).filter(([elementId]) => elementId !== event.elementId);
  if (left.length === 0) delete scope.resetting;
  else scope.resetting = Object.fromEntries(left);
}

/** An inner instance of a loop is done; its output takes the place of its item. */
export function countItem(instance: Instance, body: Key, loopCounter: number, output: Json | undefined): void {
  const { loop } = get(instance.elements, body);
  if (loop === undefined) return;
  if (loopCounter > loop.started) begin(instance, body, loopCounter); // it passed without staying
  loop.completed += 1;
  if (output === undefined) return;
  const outputs = (loop.outputs ??= []);
  while (outputs.length < loopCounter) outputs.push(null);
  outputs[loopCounter - 1] = output;
}
