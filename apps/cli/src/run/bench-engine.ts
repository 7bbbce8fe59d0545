import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { newInstance, step } from '@baton/engine';
import type { Command, Event, Instance, Process } from '@baton/engine';

export interface EngineBench {
  readonly elementsPerSecond: number;
  readonly instancesPerSecond: number;
  /** Of an instance that waits at a user task; of a completed one where the process has none. */
  readonly heapBytesPerInstance: number;
}

const WARM_UP = 500;
const KEPT = 2000;

/** Bare `step` in a loop: every command is answered at once with the next, all events are made. */
export function benchEngine(process: Process, instances: number): EngineBench {
  for (let count = 0; count < Math.min(WARM_UP, instances); count++) runToEnd(process, true);
  let elements = 0;
  const startedAt = performance.now();
  for (let count = 0; count < instances; count++) elements += runToEnd(process, true).activations;
  const seconds = (performance.now() - startedAt) / 1000;
  return { elementsPerSecond: elements / seconds, instancesPerSecond: instances / seconds, heapBytesPerInstance: heapPerInstance(process) };
}

function runToEnd(process: Process, completesUserTasks: boolean): { readonly instance: Instance; readonly activations: number } {
  const instance = newInstance();
  const queue: Command[] = [{ type: 'start', at: 0, variables: {} }];
  let activations = 0;
  for (let command = queue.shift(); command; command = queue.shift()) {
    for (const event of step(process, instance, command).events) {
      if (event.type === 'elementActivated') activations++;
      const answer = answerTo(event, completesUserTasks);
      if (answer) queue.push(answer);
    }
  }
  return { instance, activations };
}

function answerTo(event: Event, completesUserTasks: boolean): Command | null {
  switch (event.type) {
    case 'jobCreated':
      return { type: 'completeJob', at: 0, key: event.key, variables: {} };
    case 'userTaskCreated':
      return completesUserTasks ? { type: 'completeUserTask', at: 0, key: event.key, variables: {} } : null;
    case 'stepYielded':
      return { type: 'continue', at: 0 };
    default:
      return null;
  }
}

function heapPerInstance(process: Process): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const kept: Instance[] = [];
  collect();
  const before = memory();
  for (let count = 0; count < KEPT; count++) kept.push(runToEnd(process, false).instance);
  collect();
  const bytes = (memory() - before) / KEPT;
  return kept.length === KEPT ? Math.max(0, bytes) : Number.NaN;
}

function memory(): number {
  return globalThis.process.memoryUsage().heapUsed;
}
