import type { Key } from '../instance.js';
import { NO_VARIABLES } from '../variables.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { find, get } from '../table.js';
import { disarm } from '../triggers/event-sub-processes.js';
import { undoScope } from './start.js';

/**
 * Cancel a transaction: everything still under way in it ends, and with it its event sub-processes are no longer waited
 * for; what was completed is undone, newest first, and the token leaves by the cancel boundary event.
 *
 * Source: BPMN 2.0.2, 13.5.4 and 10.3.5.
 */
export function cancelTransaction(scene: Scene): 'waiting' | 'gone' {
  const { run } = scene;
  const transaction = transactionAround(run, scene.scope);
  const key = scene.activate();
  keepUnfinished(run, transaction);
  for (let scope = scene.scope, inside = key; ; inside = scope, scope = get(run.instance.scopes, scope).parent ?? 0) {
    run.terminateScope(scope, inside);
    disarm(run, scope);
    if (scope === transaction || scope === 0) break;
  }
  if (undoScope(scene, transaction) === 'waiting') return 'waiting';
  endCanceled(scene);
  return 'gone';
}

/** All is undone. */
export function endCanceled(scene: Scene): void {
  const { run } = scene;
  const transaction = transactionAround(run, scene.scope);
  const boundary = transaction === 0 ? undefined : run.elementOf(transaction).boundaries.find(({ model }) => model.event.type === 'cancel');
  if (boundary === undefined && scene.scope === transaction) return scene.depart([]);
  run.emit({ type: 'elementCompleted', key: scene.key, elementId: scene.element.id });
  if (boundary === undefined) {
    run.terminateScope(transaction);
    return run.endScopeIfEmpty(transaction);
  }
  // The events on the border of a loop belong to its body.
  const host = run.token(transaction).loopCounter === undefined ? transaction : run.token(transaction).scope;
  const { scope } = run.token(host);
  run.terminate(host);
  run.visit(boundary, scope, NO_VARIABLES);
}

/** What was completed inside of something that was not is to be undone, too: remember it where the transaction looks. */
function keepUnfinished(run: Run, scope: Key): void {
  for (const { key, elementId, loop } of run.instance.elements.filter((token) => token.scope === scope)) {
    if (find(run.instance.scopes, key) === undefined) continue;
    keepUnfinished(run, key);
    if (find(run.instance.scopes, key)?.compensable === undefined) continue;
    // Its own handler undoes it as a whole, and it was not done as a whole.
    const hasHandler = loop === undefined && run.element(elementId).compensation !== undefined;
    run.emit({ type: 'compensationRecorded', key, elementId, scope, ...(hasHandler ? { unfinished: true } : undefined) });
  }
}

/** Is something in this scope canceling the transaction around it? Its event sub-processes catch nothing any more. */
export function isCanceling(run: Run, scope: Key): boolean {
  return run.instance.elements.some((token) => {
    const { model } = run.element(token.elementId);
    if (token.waiting !== 'compensation' || model.kind !== 'endEvent' || model.event.type !== 'cancel') return false;
    const transaction = transactionAround(run, token.scope);
    let at = token.scope;
    while (at !== scope && at !== transaction && at !== 0) at = get(run.instance.scopes, at).parent ?? 0;
    return at === scope;
  });
}

function transactionAround(run: Run, from: Key): Key {
  for (let scope = from; scope !== 0; scope = get(run.instance.scopes, scope).parent ?? 0) {
    const { model } = run.elementOf(scope);
    if (model.kind === 'subProcess' && model.transaction === true) return scope;
  }
  return 0;
}
