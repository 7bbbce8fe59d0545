import { ownerOf } from '../apply/tokens.js';
import { beginInside } from '../behaviors/sub-process.js';
import type { Key } from '../instance.js';
import type { Variables } from '../json.js';
import type { Element } from '../process.js';
import type { Run } from '../run.js';
import { Scene } from '../scene.js';
import { isTriggeredStart } from './arm-event-sub-processes.js';
import type { Fired } from './deliver.js';
import { repeat } from './repeat.js';

/**
 * The start event of an event sub-process has been triggered. An interrupting one ends everything else in
 * its scope, and the other event sub-processes are no longer waited for; then it is the scope's only token.
 *
 * Source: BPMN 2.0.2, 13.5.4.
 */
export function fireEventSubProcess(run: Run, start: Element, scope: Key, payload: Variables, fired?: Fired): void {
  const eventSubProcess = run.element(start.model.parent!);
  if (interrupts(start.model)) {
    run.terminateScope(scope);
    disarm(run, scope);
  } else if (fired !== undefined) {
    repeat(run, fired);
  }
  // What it brought belongs where it was waited for.
  if (start.outputs === undefined) run.writeTo(scope, payload);
  const scene = new Scene(run, eventSubProcess, scope, {});
  try {
    beginInside(scene);
  } catch (error) {
    return scene.fail(error); // tried again, it begins at its start event
  }
  run.visit(start, scene.key, start.outputs === undefined ? {} : payload);
}

/** Is one of the scope's interrupting event sub-processes at work? Then none of them can be triggered any more. */
export function isInterrupted(run: Run, scope: Key): boolean {
  return run.instance.elements.some((token) => {
    if (token.scope !== scope) return false;
    const { model, starts } = run.element(token.elementId);
    if (model.kind !== 'subProcess' || model.triggeredByEvent === undefined) return false;
    return starts.some((start) => interrupts(start.model));
  });
}

/** The event sub-processes of a scope are no longer waited for. */
export function disarm(run: Run, scope: Key): void {
  const owns = [...(ownerOf(run.instance, scope)?.owns ?? [])];
  for (const key of owns) {
    const isOurs = ({ elementId }: { elementId: string }) => isTriggeredStart(run.element(elementId).model);
    const timer = run.instance.timers.find((one) => one.key === key);
    const subscription = run.instance.subscriptions.find((one) => one.key === key);
    if (timer !== undefined && isOurs(timer)) run.emit({ type: 'timerCanceled', timer: key });
    if (subscription !== undefined && isOurs(subscription)) run.emit({ type: 'subscriptionClosed', subscription: key });
  }
}

/** An error always does. */
function interrupts(model: Element['model']): boolean {
  return isTriggeredStart(model) && (model.interrupting !== false || model.event.type === 'error');
}
