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

const KEPT = 10_000;
const WARM_UP_MS = 500;

/**
 * Bare `step` in a loop: every command is answered at once with the next, all events are made.
 *
 * All instances go the same way, so how many elements one of them enters is counted once, before the clock runs.
 */
export function benchEngine(process: Process, instances: number): EngineBench {
  const elements = countElements(process);
  warmUp(process, instances / 5);
  const startedAt = performance.now();
  for (let count = 0; count < instances; count++) runToEnd(process, true);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    elementsPerSecond: (elements * instances) / seconds,
    instancesPerSecond: instances / seconds,
    heapBytesPerInstance: heapPerInstance(process),
  };
}

/** As many as asked for, and for long enough that the machine has compiled what is hot. */
function warmUp(process: Process, instances: number): void {
  const until = performance.now() + WARM_UP_MS;
  for (let count = 0; count < instances || performance.now() < until; count++) runToEnd(process, true);
}

/** A join counts once, when it fires. */
function countElements(process: Process): number {
  let elements = 0;
  const held = new Set<number>();
  runToEnd(process, true, (event) => {
    if (event.type === 'elementPassed' || event.type === 'elementActivated') elements++;
    else if (event.type === 'tokenHeld') held.add(event.key);
    else if (event.type === 'elementCompleted' && held.delete(event.key)) elements++;
  });
  return elements;
}

function runToEnd(process: Process, completesUserTasks: boolean, onEvent?: (event: Event) => void): Instance {
  const instance = newInstance();
  const commands: Command[] = [{ type: 'start', at: 0, variables: {} }];
  for (let next = 0; next < commands.length; next++) {
    const { events } = step(process, instance, commands[next]!);
    if (onEvent) events.forEach(onEvent);
    if (instance.status !== 'active') continue; // nobody waits for an answer
    for (const event of events) {
      const answer = answerTo(event, completesUserTasks);
      if (answer) commands.push(answer);
    }
  }
  return instance;
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
  for (let count = 0; count < KEPT; count++) kept.push(runToEnd(process, false));
  collect();
  const bytes = (memory() - before) / KEPT;
  return kept.length === KEPT ? Math.max(0, bytes) : Number.NaN;
}

function memory(): number {
  return globalThis.process.memoryUsage().heapUsed;
}
