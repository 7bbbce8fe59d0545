import { Refusal, Simulation, Trace, compile, enabledIn } from '@baton/engine';
import type { Variables, Waiting } from '@baton/engine';
import { expressions } from '@baton/expressions';
import { readBpmn } from '../src/index.js';

/** What happens to the processes of a file, in order. Without any of it the first executable process is started, nothing more. */
export interface Scenario {
  /** What the scenario shows, for people. */
  readonly about?: string;
  /** Which process is started; null: none, something in `steps` starts them. */
  readonly process?: string | null;
  readonly variables?: Variables;
  /** What jobs result in, by the task's id. Jobs are done at once, in their order, unless `steps` do them. */
  readonly results?: Readonly<Record<string, Variables>>;
  /** Tasks whose jobs wait for a step. */
  readonly manual?: readonly string[];
  readonly steps?: readonly Step[];
}

export type Step =
  /** The oldest user task or job that waits there, `in` a certain instance, is done. */
  | { readonly complete: string; readonly in?: string; readonly variables?: Variables }
  /** It ends with a business error, or tells somebody outside. */
  | { readonly error: string; readonly code: string }
  | { readonly escalate: string; readonly code: string }
  | { readonly message: string; readonly key?: string; readonly variables?: Variables }
  | { readonly signal: string; readonly variables?: Variables }
  /** The clock goes on to the next timer. */
  | { readonly timer: true }
  /** Somebody changes variables of the first instance. */
  | { readonly set: Variables }
  /** Somebody starts activities of an ad-hoc sub-process; without names all that can be started. */
  | { readonly adHoc: string; readonly start?: readonly string[] }
  /** Another instance is started. */
  | { readonly start: string; readonly variables?: Variables }
  /** What a conditional start event sees. */
  | { readonly offer: Variables };

/**
 * Read a file, play a scenario, and write down what happened: one line per element and visit, `>` before each step,
 * `x` what was refused, `=` how every instance stands at the end.
 */
export async function playScenario(file: string, bytes: Uint8Array, scenario: Scenario): Promise<string> {
  const { processes, globalTasks = [], issues } = await readBpmn(bytes, { fileName: file });
  const stage = new Stage(scenario);
  for (const { severity, code, elementId = '', message } of issues) {
    if (severity === 'error') throw new Error(`${file} is refused: ${message}`);
    if (severity === 'warning') stage.write(`! ${code} ${elementId}: ${message}`);
  }
  stage.simulation.deploy(...[...processes, ...globalTasks].map((model) => compile(model, { expressions })));
  const first = processes.find(({ executable }) => executable)?.id;
  const process = scenario.process === undefined ? first : scenario.process;
  if (process !== undefined && process !== null)
    stage.play({ start: process, ...(scenario.variables && { variables: scenario.variables }) });
  for (const step of scenario.steps ?? []) stage.play(step);
  return stage.conclude();
}

class Stage {
  readonly simulation: Simulation;
  private readonly lines: string[] = [];
  private line: { readonly of: string; readonly events: string[] } | undefined;

  constructor(private readonly scenario: Scenario) {
    const traces = new Map<string, Trace>();
    this.simulation = new Simulation(0, ({ id, process }, event, at) => {
      const trace = traces.get(id) ?? new Trace(process, ({ elementId, event: what, body }) => this.trace(id, elementId, what, body));
      traces.set(id, trace);
      trace.add(event, at);
      if (event.type === 'incidentCreated') this.trace(id, event.elementId, `incident ${event.code}`);
    });
  }

  write(line: string): void {
    this.line = undefined;
    this.lines.push(line);
  }

  play(step: Step): void {
    if ('timer' in step) {
      const { nextDueAt } = this.simulation;
      this.write(`> timer ${nextDueAt === undefined ? 'none' : new Date(nextDueAt).toISOString().replace('.000', '')}`);
    } else {
      this.write(`> ${JSON.stringify(step).slice(1, -1).replaceAll('":', '": ').replaceAll(',"', ', "')}`);
    }
    try {
      this.perform(step);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.write(`x refused: ${error.code}`);
    }
    this.doJobs();
  }

  private perform(step: Step): void {
    const { simulation } = this;
    const at = simulation.now;
    if ('complete' in step) {
      const { instanceId, key, type } = this.waitingAt(step.complete, step.in);
      if (type === 'job') simulation.completeJob(instanceId, key, step.variables);
      else simulation.completeUserTask(instanceId, key, step.variables);
    } else if ('error' in step) {
      const { instanceId, key } = this.waitingAt(step.error);
      simulation.send(instanceId, { type: 'throwError', at, key, errorCode: step.code });
    } else if ('escalate' in step) {
      const { instanceId, key } = this.waitingAt(step.escalate);
      simulation.send(instanceId, { type: 'throwEscalation', at, key, escalationCode: step.code });
    } else if ('message' in step) {
      const { message: name, key: correlationKey, variables = {} } = step;
      simulation.publish({ name, variables, ...(correlationKey !== undefined && { correlationKey }) });
    } else if ('signal' in step) simulation.throwSignal(step.signal, step.variables);
    else if ('timer' in step) simulation.skipToNextTimer();
    else if ('set' in step) {
      const [first] = simulation.instances;
      simulation.send(first!.id, { type: 'setVariables', at, scope: 0, variables: step.set });
    } else if ('adHoc' in step) this.startIn(step.adHoc, step.start);
    else if ('start' in step) simulation.start(step.start, step.variables);
    else simulation.offer(step.offer);
  }

  private startIn(adHoc: string, start?: readonly string[]): void {
    const { id, process, state } = this.simulation.instances.find((one) =>
      one.state.elements.some(({ elementId }) => elementId === adHoc),
    )!;
    const { key } = state.elements.find(({ elementId }) => elementId === adHoc)!;
    const elementIds = start ?? enabledIn(process, adHoc).map((element) => element.id);
    this.simulation.send(id, { type: 'activateAdHoc', at: this.simulation.now, key, elementIds });
  }

  private waitingAt(elementId: string, instanceId?: string) {
    const isWork = ({ type }: Waiting) => type === 'job' || type === 'userTask';
    const isThere = (one: Waiting) => one.elementId === elementId && (instanceId === undefined || one.instanceId === instanceId);
    const found = this.simulation.waiting.find((one) => isThere(one) && isWork(one));
    if (found === undefined) throw new Error(`Nothing is to be done at ${elementId}. The trace so far:\n${this.conclude()}`);
    return found;
  }

  private doJobs(): void {
    const { results = {}, manual = [] } = this.scenario;
    for (;;) {
      const job = this.simulation.waiting.find(({ type, elementId }) => type === 'job' && !manual.includes(elementId));
      if (job === undefined) return;
      this.simulation.completeJob(job.instanceId, job.key, results[job.elementId]);
    }
  }

  private trace(instanceId: string, elementId: string, event: string, isBody = false): void {
    const of = `${instanceId}  ${elementId}${isBody ? ' (all)' : ''}`;
    // A visit that begins anew has a line of its own.
    if (this.line?.of === of && !(event === 'activated')) this.line.events.push(event);
    else {
      this.flush();
      this.line = { of, events: [event] };
      this.lines.push('');
    }
    this.flush();
  }

  /** The last line is written anew with every event that belongs to it. */
  private flush(): void {
    if (this.line !== undefined) this.lines[this.lines.length - 1] = `${this.line.of}: ${this.line.events.join(', ')}`;
  }

  conclude(): string {
    const waiting = (instanceId: string) =>
      this.simulation.waiting
        .filter((one) => one.instanceId === instanceId)
        .map(({ elementId, type, attachedTo }) => ` ${elementId} (${type}${attachedTo === undefined ? '' : ` on ${attachedTo}`})`);
    const ends = this.simulation.instances.map(({ id, state: { status, scopes, incidents } }) => {
      const variables = JSON.stringify(scopes[0]?.variables ?? {});
      const open = [...waiting(id), ...incidents.map(({ elementId, code }) => ` ${elementId} (incident ${code})`)];
      return `= ${id} ${status} ${variables}${open.length === 0 ? '' : ` waits:${open.join(',')}`}`;
    });
    return `${[...this.lines, ...ends].join('\n')}\n`;
  }
}
