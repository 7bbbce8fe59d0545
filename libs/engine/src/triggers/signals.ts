import type { Key, Subscription } from '../instance.js';
import type { Variables } from '../json.js';
import type { SignalEvent } from '../model.js';
import type { Run } from '../run.js';
import type { Scene } from '../scene.js';
import { find } from '../table.js';
import { requiredText } from '../values.js';
import { NO_VARIABLES } from '../variables.js';
import { deliver } from './deliver.js';
import { scopeOf } from './scope-of.js';
import { declaringScope, isKept } from './subscribe-to-signal.js';

/**
 * Throw a signal: it reaches every subscription of this instance that is open now, at once, before the thrower's
 * token goes on; the shell brings it to those of all other instances.
 *
 * A scoped one (BPML) stays in the instance: it is counted where it is declared, and one catcher takes it.
 */
export function throwSignal(scene: Scene, event: SignalEvent): void {
  const { run } = scene;
  const signalName = requiredText(scene, event.name, 'signal name');
  const variables = event.variables === undefined ? NO_VARIABLES : scene.map(event.variables);
  scene.activate();
  const thrown = { type: 'signalThrown' as const, elementId: scene.element.id, signalName, variables };
  if (event.scoped === undefined) {
    run.emit(thrown);
    return spread(run, signalName, variables);
  }
  const scope = declaringScope(run, scene.scope, signalName);
  const waiting = run.instance.subscriptions.find(
    (one) => one.type === 'signal' && one.scoped === true && one.signalName === signalName && hears(run, one, scope, signalName),
  );
  run.emit({ ...thrown, scope });
  if (waiting === undefined) return;
  run.emit({ type: 'signalConsumed', scope, signalName });
  run.emit({ type: 'signalReceived', subscription: waiting.key });
  deliver(run, waiting, variables);
}

function spread(run: Run, signalName: string, variables: Variables): void {
  const open = run.instance.subscriptions.filter(
    (one) => one.type === 'signal' && one.scoped === undefined && one.signalName === signalName,
  );
  for (const subscription of open) {
    if (find(run.instance.subscriptions, subscription.key) === undefined) continue; // ended by one before it
    run.emit({ type: 'signalReceived', subscription: subscription.key });
    deliver(run, subscription, variables);
  }
}

/**
 * Give scoped signals that were kept to those who have begun to wait for them, the oldest first. Not while they
 * begin: what they wait on may end by it.
 */
export function takeKeptSignals(run: Run): void {
  run.mayTakeSignals = false;
  for (const { key } of run.instance.subscriptions.filter((one) => one.type === 'signal' && one.scoped === true)) {
    const waiting = find(run.instance.subscriptions, key);
    if (waiting?.type !== 'signal') continue;
    const { signalName } = waiting;
    const scope = declaringScope(run, scopeOf(run, waiting), signalName);
    if (!isKept(run, scope, signalName)) continue;
    run.emit({ type: 'signalConsumed', scope, signalName });
    run.emit({ type: 'signalReceived', subscription: key });
    deliver(run, waiting, NO_VARIABLES);
    // One that does not interrupt waits again, and may take more.
    run.mayTakeSignals ||= isKept(run, scope, signalName);
  }
}

function hears(run: Run, waiting: Subscription, scope: Key, signalName: string): boolean {
  return declaringScope(run, scopeOf(run, waiting), signalName) === scope;
}
