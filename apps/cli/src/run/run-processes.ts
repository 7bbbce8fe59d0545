import { connectors } from '@baton/connectors';
import { Simulation, Trace, find, startTriggers } from '@baton/engine';
import type { Process, SimulatedInstance, TraceEntry, Variables, Waiting } from '@baton/engine';
import { startAdHoc } from './ad-hoc.js';
import type { Message } from './messages.js';
import { waitingElements } from './waiting-elements.js';

export interface RunOptions {
  /** Started at once; the others wait to be called, or for messages. */
  readonly started: readonly Process[];
  readonly others: readonly Process[];
  readonly variables: Variables;
  readonly messages: readonly Message[];
  readonly completeUserTasks: boolean;
  readonly skipTimers: boolean;
  readonly mockServiceTasks: boolean;
  /** Told each line of the trace as it happens. */
  readonly onTrace?: (entry: TraceLine) => void;
}

/** The element's type with its prefix. */
export type TraceLine = TraceEntry;

export interface RunResult {
  readonly state: 'completed' | 'failed' | 'waiting' | 'terminated';
  readonly variables: Variables;
  readonly trace: readonly TraceLine[];
  readonly error?: { readonly code: string; readonly message: string; readonly elementId?: string };
  readonly waiting: readonly { readonly elementId: string; readonly type: string }[];
}

/** What one run may take, so that a loop of timers or messages ends. */
const ROUNDS_MAX = 10_000;

/**
 * Run processes in memory until nothing more can happen.
 *
 * Jobs are done as soon as they are there (built-in handlers really, all others only when mocked), and each activity of an ad-hoc
 * sub-process is started once. At a standstill comes the next message, then all open user tasks, then the next timer, as far as
 * asked for.
 */
export async function runProcesses(options: RunOptions): Promise<RunResult> {
  const trace: TraceLine[] = [];
  const traces = new Map<string, Trace>();
  const world = new Simulation(Date.now(), (instance, event, at) => {
    let of = traces.get(instance.id);
    if (!of) {
      const emit = (entry: TraceEntry) => {
        const line = { ...entry, elementType: `bpmn:${entry.elementType}` };
        trace.push(line);
        options.onTrace?.(line);
      };
      traces.set(instance.id, (of = new Trace(instance.process, emit)));
    }
    of.add(event, at);
  });
  world.deploy(...options.others, ...options.started);
  const roots: string[] = [];
  for (const process of options.started)
    if (process.starts.length > 0) roots.push(world.start(process.id, options.variables, { atAllStarts: true }));
  if (options.started.some((process) => startsByCondition(process, world.now))) roots.push(...world.offer(options.variables));

  const messages = [...options.messages];
  const begun = new Set<string>();
  for (let round = 0; ; round++) {
    if (round === ROUNDS_MAX) {
      return {
        ...resultOf(world, roots, trace, options),
        state: 'failed',
        error: { code: 'step-limit', message: `Still going after ${ROUNDS_MAX} rounds.` },
      };
    }
    if ((await doJobs(world, options)) || startAdHoc(world, begun)) continue;
    const message = messages.shift();
    if (message) deliver(world, message);
    else if (!(options.completeUserTasks && completeUserTasks(world)) && !(options.skipTimers && world.skipToNextTimer(roots.length > 0)))
      break;
  }
  return resultOf(world, roots, trace, options);
}

/** Has it no plain start, but a conditional one? */
function startsByCondition(process: Process, now: number): boolean {
  return process.starts.length === 0 && startTriggers(process, now).some(({ type }) => type === 'condition');
}

function deliver(world: Simulation, { type, ...message }: Message): void {
  if (type === 'signal') world.throwSignal(message.name, message.variables);
  else world.publish(message);
}

/** @returns whether there was something to do. */
async function doJobs(world: Simulation, { mockServiceTasks }: RunOptions): Promise<boolean> {
  let isAny = false;
  for (const job of world.waiting.filter(({ type }) => type === 'job')) {
    // Another job's end may have ended this one.
    if (!isOpen(world, job)) continue;
    if (mockServiceTasks) world.completeJob(job.instanceId, job.key);
    else if (!(await runConnector(world, job))) continue;
    isAny = true;
  }
  return isAny;
}

async function runConnector(world: Simulation, { instanceId, key }: Waiting): Promise<boolean> {
  const created = world.instance(instanceId).events.findLast((event) => event.type === 'jobCreated' && event.key === key);
  if (created?.type !== 'jobCreated') return false;
  const connector = connectors.find(({ type }) => type === created.jobType);
  if (!connector) return false;
  const job = { variables: mutable(created.variables ?? {}), headers: created.headers, effectKey: `${instanceId}:${key}` };
  try {
    world.completeJob(instanceId, key, await connector.run(job, { signal: new AbortController().signal }));
  } catch (error) {
    world.send(instanceId, { type: 'failJob', at: world.now, key, message: (error as Error).message });
  }
  return true;
}

function mutable(variables: Variables) {
  return structuredClone(variables) as Parameters<(typeof connectors)[number]['run']>[0]['variables'];
}

function completeUserTasks(world: Simulation): boolean {
  const tasks = world.waiting.filter(({ type }) => type === 'userTask');
  for (const task of tasks) if (isOpen(world, task)) world.completeUserTask(task.instanceId, task.key);
  return tasks.length > 0;
}

function isOpen(world: Simulation, { instanceId, key, type }: Waiting): boolean {
  const { state } = world.instance(instanceId);
  return state.status === 'active' && find(state.elements, key)?.waiting === type;
}

function resultOf(world: Simulation, roots: readonly string[], trace: readonly TraceLine[], options: RunOptions): RunResult {
  const instances = world.instances;
  const root = instances.find(({ id }) => id === roots[0]) ?? instances[0];
  const waiting = [...waitingElements(world), ...waitingStarts(options, instances, world.now)];
  const error = instances.map(errorOf).find((found) => found !== undefined);
  const variables = root?.state.scopes[0]?.variables ?? {};
  if (error) return { state: 'failed', variables, trace, error, waiting };
  const isActive = instances.some(({ state }) => state.status === 'active');
  if (isActive || !root) return { state: 'waiting', variables, trace, waiting };
  return { state: root.state.status === 'terminated' ? 'terminated' : 'completed', variables, trace, waiting };
}

/** A process that only an event starts waits at its start. */
function waitingStarts({ started }: RunOptions, instances: readonly SimulatedInstance[], now: number) {
  return started
    .filter((process) => process.starts.length === 0 && !instances.some((instance) => instance.process.id === process.id))
    .flatMap((process) => startTriggers(process, now).map(({ elementId, type }) => ({ elementId, type })));
}

/** An open incident, or an error nobody caught, of a root instance; a called instance's error goes on in its caller. */
function errorOf({ state, events }: SimulatedInstance): RunResult['error'] {
  const [incident] = state.incidents;
  if (state.status === 'active' && incident) return { code: incident.code, message: incident.message, elementId: incident.elementId };
  const last = events.at(-1);
  if (last?.type !== 'instanceTerminated' || !last.error || state.parent) return undefined;
  return { code: last.error.code, message: last.error.message ?? `The error ${last.error.code} was not caught.` };
}
