import type { Command } from '../command.js';
import { admit } from '../life-cycle.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { by } from './by.js';

/** From here on no token moves. */
export function suspend(run: Run, command: Command): void {
  run.advanceTime();
  run.emit({ type: 'instanceSuspended', ...by(command) });
}

/** Go on, beginning with the answers that came meanwhile, in their order. One that has become pointless is let go. */
export function resumeInstance(run: Run, command: Command, obey: (run: Run, command: Command) => void): void {
  const deferred = run.instance.deferred ?? [];
  run.advanceTime();
  run.emit({ type: 'instanceResumed', ...by(command) });
  // Variables may have been set meanwhile.
  run.haveVariablesChanged = run.process.watchesVariables;
  for (const answer of deferred) {
    run.command = { ...answer, at: command.at };
    try {
      if (run.instance.status === 'active' && admit(run.instance, answer) === 'takes') obey(run, answer);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
