import type { Evaluator } from '../evaluator.js';
import type { Armed } from '../event.js';
import type { Key } from '../instance.js';
import type { Run } from '../run.js';
import { find, get } from '../table.js';
import { ownValue } from '../variables.js';
import { scopeOf } from './scope-of.js';

/** Wait for a signal; a scoped one that was kept comes when everything has had its turn (`takeKeptSignals`). */
export function subscribeToSignal(at: Evaluator, where: Armed, signalName: string, scoped: true | undefined, repeats: boolean): void {
  const { run } = at;
  const subscription = run.instance.nextKey;
  run.emit({
    type: 'signalSubscriptionOpened',
    subscription,
    ...where,
    signalName,
    ...(scoped === undefined ? undefined : { scoped }),
    ...(repeats ? { repeats } : undefined),
  });
  if (scoped === true && isKept(run, declaringScope(run, scopeOf(run, where), signalName), signalName)) run.mayTakeSignals = true;
}

/** Has it been raised where it is declared, and not yet been taken? */
export function isKept(run: Run, scope: Key, signalName: string): boolean {
  return (ownValue(find(run.instance.scopes, scope)?.signals ?? {}, signalName) ?? 0) > 0;
}

/** The nearest scope that declares the signal; where none does, the instance. */
export function declaringScope(run: Run, from: Key, signalName: string): Key {
  for (let key: Key = from; key !== 0;) {
    const { model } = run.elementOf(key);
    if (model.kind === 'subProcess' && model.signals?.includes(signalName) === true) return key;
    key = get(run.instance.scopes, key).parent ?? 0;
  }
  return 0;
}
