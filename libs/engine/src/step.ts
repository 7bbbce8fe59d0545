import { fireBoundary } from './behaviors/boundary-event.js';
import { start } from './behaviors/start-event.js';
import { assign } from './behaviors/user-task.js';
import type { Command } from './command.js';
import { throwError } from './error-propagation.js';
import type { Event } from './event.js';
import type { Instance, Key } from './instance.js';
import type { Process } from './process.js';
import { Refusal } from './refusal.js';
import { Run } from './run.js';
import { failJob } from './work/job.js';

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
  const run = new Run(process, instance, command);
  if (command.type === 'start') {
    if (instance.status !== 'created') throw new Refusal('already-started', 'This instance has been started before.');
    start(run, command);
  } else {
    if (instance.status !== 'active')
      throw new Refusal('instance-not-active', `This instance is ${instance.status}; it takes no more commands.`);
    obey(run, command);
  }
  run.settle();
  return { instance, events: run.events };
}

type Running = Exclude<Command, { readonly type: 'start' }>;

/** Each case first makes sure that it can be done, then changes something. */
function obey(run: Run, command: Running): void {
  const { instance } = run;
  switch (command.type) {
    case 'completeJob':
      expectWaiting(instance, command.key, 'job');
      run.advanceTime();
      return run.resume(command.key, command.variables);
    case 'failJob':
      expectWaiting(instance, command.key, 'job');
      run.advanceTime();
      return failJob(run, command);
    case 'throwError':
      expectWaiting(instance, command.key, 'job', 'userTask');
      run.advanceTime();
      return throwError(run, command.key, command);
    case 'assignUserTask':
      expectWaiting(instance, command.key, 'userTask');
      run.advanceTime();
      return assign(run, command);
    case 'completeUserTask':
      expectWaiting(instance, command.key, 'userTask');
      run.advanceTime();
      run.emit({ type: 'userTaskCompleted', key: command.key, ...by(command) });
      return run.resume(command.key, command.variables);
    case 'fireTimer':
      return fireTimer(run, command.timer);
    case 'correlateMessage':
      return correlate(run, command);
    case 'completeChild':
      expectWaiting(instance, command.key, 'child');
      run.advanceTime();
      run.emit({ type: 'childCompleted', key: command.key });
      return run.resume(command.key, command.variables);
    case 'failChild':
      return failChild(run, command);
    case 'setVariables':
      if (instance.scopes[command.scope] === undefined) throw new Refusal('unknown-scope', `Scope ${command.scope} is not open.`);
      run.advanceTime();
      return run.emit({
        type: 'variablesSet',
        scope: command.scope,
        variables: command.variables,
        ...by(command),
        ...(command.reason === undefined ? {} : { reason: command.reason }),
      });
    case 'resolveIncident':
      return resolve(run, command);
    case 'cancel':
      run.advanceTime();
      run.terminateScope(0);
      return run.emit({
        type: 'instanceTerminated',
        ...by(command),
        ...(command.reason === undefined ? {} : { reason: command.reason }),
      });
    case 'continue':
      if (instance.ready.length === 0) throw new Refusal('not-waiting', 'The last step left nothing to go on with.');
      return run.advanceTime();
  }
}

function by(command: Command): { by?: string } {
  return command.by === undefined ? {} : { by: command.by };
}

type Outside = 'job' | 'userTask' | 'child';

function expectWaiting(instance: Instance, key: Key, kind: Outside, orKind = kind): void {
  const waiting = instance.elements[key]?.waiting;
  if (waiting === undefined || (waiting !== kind && waiting !== orKind)) {
    throw new Refusal('not-waiting', `Element instance ${key} is not waiting for a ${kind === orKind ? kind : `${kind} or ${orKind}`}.`);
  }
}

function fireTimer(run: Run, key: Key): void {
  const timer = run.instance.timers[key];
  if (timer === undefined) throw new Refusal('not-waiting', `Timer ${key} is not running.`);
  run.advanceTime();
  run.emit({ type: 'timerFired', timer: key });
  if (run.instance.elements[timer.host]!.elementId === timer.elementId) run.resume(timer.host, {});
  else fireBoundary(run, timer);
}

function correlate(run: Run, command: Extract<Command, { readonly type: 'correlateMessage' }>): void {
  const { subscription: key, messageId, variables } = command;
  const subscription = run.instance.subscriptions[key];
  if (subscription === undefined) throw new Refusal('not-waiting', `Subscription ${key} is not open.`);
  run.advanceTime();
  run.emit({ type: 'messageCorrelated', subscription: key, messageId });
  run.resume(subscription.host, variables);
}

function failChild(run: Run, command: Extract<Command, { readonly type: 'failChild' }>): void {
  const { key, errorCode, code = 'child-failed', message } = command;
  expectWaiting(run.instance, key, 'child');
  run.advanceTime();
  if (errorCode !== undefined) throwError(run, key, { errorCode, message });
  else run.scene(key).stop(code, message);
}

/** An incident is resolved by trying again, with whatever was changed meanwhile. */
function resolve(run: Run, command: Extract<Command, { readonly type: 'resolveIncident' }>): void {
  const incident = run.instance.incidents[command.incident];
  if (incident === undefined) throw new Refusal('unknown-incident', `Incident ${command.incident} is not open.`);
  run.advanceTime();
  run.emit({ type: 'incidentResolved', incident: command.incident, ...by(command) });
  if (command.retries !== undefined) run.attempts = { key: incident.key, retries: command.retries };
  if (incident.retry === 'leave') run.releave(incident.key);
  else run.reenter(incident.key);
}
