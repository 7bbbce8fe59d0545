import { startActivities } from '../ad-hoc.js';
import { assign } from '../behaviors/user-task.js';
import type { Command } from '../command.js';
import { throwError, throwEscalation } from '../error-propagation.js';
import { Refusal } from '../refusal.js';
import type { Run } from '../run.js';
import { start } from '../start.js';
import { find } from '../table.js';
import { failJob } from '../work/job.js';
import { by } from './by.js';
import { completeChild, failChild } from './child.js';
import { correlate, fireTimer, receiveSignal } from './triggers.js';
import { modify } from './modify.js';
import { resolve } from './resolve.js';
import { resumeInstance, suspend } from './suspension.js';

/** Do what a command says. Each case first makes sure that it can be done, then changes something. @throws Refusal */
export function obey(run: Run, command: Command): void {
  const { instance } = run;
  switch (command.type) {
    case 'start':
      return start(run, command);
    case 'completeJob':
      run.advanceTime();
      return run.resume(command.key, command.variables);
    case 'failJob':
      run.advanceTime();
      return failJob(run, command);
    case 'throwError':
      run.advanceTime();
      return throwError(run, command.key, command);
    case 'throwEscalation':
    case 'escalateChild':
      run.advanceTime();
      return throwEscalation(run, command.key, command);
    case 'assignUserTask':
      run.advanceTime();
      return assign(run, command);
    case 'completeUserTask':
      run.advanceTime();
      run.emit({ type: 'userTaskCompleted', key: command.key, ...by(command) });
      return run.resume(command.key, command.variables);
    case 'completeChild':
      return completeChild(run, command);
    case 'failChild':
      return failChild(run, command);
    case 'fireTimer':
      return fireTimer(run, command.timer);
    case 'correlateMessage':
      return correlate(run, command);
    case 'receiveSignal':
      return receiveSignal(run, command);
    case 'continue':
      if (instance.ready.length === 0) throw new Refusal('not-waiting', 'The last step left nothing to go on with.');
      return run.advanceTime();
    case 'setVariables':
      if (find(instance.scopes, command.scope) === undefined) throw new Refusal('unknown-scope', `Scope ${command.scope} is not open.`);
      run.advanceTime();
      return run.writeTo(command.scope, command.variables, command.reason);
    case 'resolveIncident':
      return resolve(run, command);
    case 'suspend':
      return suspend(run, command);
    case 'resume':
      return resumeInstance(run, command, obey);
    case 'cancel':
      run.advanceTime();
      run.terminateScope(0);
      return run.emit({ type: 'instanceTerminated', ...by(command) });
    case 'activateAdHoc':
      return startActivities(run, run.scene(command.key), command.elementIds);
    case 'completeAdHoc': {
      const scene = run.scene(command.key);
      if (scene.model.kind !== 'subProcess' || scene.model.adHoc === undefined) {
        throw new Refusal('not-waiting', `${scene.element.id} is no ad-hoc sub-process.`);
      }
      run.advanceTime();
      run.terminateScope(command.key);
      return run.releave(command.key);
    }
    case 'rescheduleTimer':
      if (find(instance.timers, command.timer) === undefined) throw new Refusal('not-waiting', `Timer ${command.timer} is not running.`);
      run.advanceTime();
      return run.emit({ type: 'timerRescheduled', timer: command.timer, dueAt: command.dueAt, ...by(command) });
    case 'modify':
      return modify(run, command);
  }
}
