import type { Command } from './command.js';
import { obey } from './commands/obey.js';
import type { Event } from './event.js';
import type { Instance } from './instance.js';
import { admit } from './life-cycle.js';
import type { Process } from './process.js';
import { Run } from './run.js';

export interface StepResult {
  readonly instance: Instance;
  readonly events: readonly Event[];
}

/**
 * Advance one process instance by one command.
 *
 * Pure but for `instance`, which the caller hands over and which is changed in place: no clock, no
 * randomness, no I/O. The same arguments always give the same events.
 *
 * @throws Refusal when the instance cannot take the command now. Then nothing has changed.
 */
export function step(process: Process, instance: Instance, command: Command): StepResult {
  const verdict = admit(instance, command);
  const run = new Run(process, instance, command);
  if (verdict === 'keeps') run.emit({ type: 'commandDeferred', command });
  else obey(run, command);
  run.settle();
  return { instance, events: run.events };
}
