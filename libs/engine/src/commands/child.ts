import type { Command } from '../command.js';
import { throwError } from '../error-propagation.js';
import type { Instance, Key } from '../instance.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { find } from '../table.js';
import { NO_VARIABLES } from '../variables.js';

/** A called process has ended. One that was left to itself only leaves the list of those. */
export function completeChild(run: Run, { key, variables }: Extract<Command, { readonly type: 'completeChild' }>): void {
  const isDetached = expectChild(run.instance, key);
  run.advanceTime();
  run.emit({ type: 'childCompleted', key });
  if (!isDetached) return run.resume(key, variables);
  releaseWaiting(run);
}

export function failChild(run: Run, command: Extract<Command, { readonly type: 'failChild' }>): void {
  const { key, errorCode, code = 'child-failed', message } = command;
  const isDetached = expectChild(run.instance, key);
  run.advanceTime();
  if (isDetached) {
    run.emit({ type: 'childCompleted', key });
    return releaseWaiting(run);
  }
  if (errorCode !== undefined) throwError(run, key, { errorCode, message });
  else run.scene(key).stop(code, message);
}

/** @returns whether nobody waits for it @throws Refusal */
function expectChild(instance: Instance, key: Key): boolean {
  if (instance.detached?.some((child) => child.key === key) === true) return true;
  if (find(instance.elements, key)?.waiting !== 'child')
    throw new Refusal('not-waiting', `Element instance ${key} is not waiting for a child.`);
  return false;
}

/** The last of them has ended: whoever waited for all goes on. */
function releaseWaiting(run: Run): void {
  if (run.instance.detached !== undefined) return;
  const waiting = run.instance.elements.filter((element) => element.waiting === 'spawned');
  for (const { key } of waiting) if (run.isAlive(key)) run.resume(key, NO_VARIABLES);
}
