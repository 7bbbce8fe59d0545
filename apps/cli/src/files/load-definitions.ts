import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decisionPort } from '@baton/decisions';
import type { DmnModel } from '@baton/decisions';
import { ModelInvalid, compile } from '@baton/engine';
import type { Process, ProcessModel } from '@baton/engine';
import { expressions } from '@baton/expressions';
import { InputInvalid, invalid } from '../exit.js';
import type { Finding } from '../exit.js';
import { callsOf, nobodyCalls } from './calls.js';
import { lineOfElement, readProcessFile } from './read-file.js';
import type { ReadFile } from './read-file.js';

/** Everything a run needs, compiled. */
export interface Definitions {
  /** The processes of the file itself, in its order. */
  readonly own: readonly Process[];
  /**
   * Those that nobody starts here: what is not marked as executable, global tasks, and what was found in the files beside
   * because it is called.
   */
  readonly called: readonly Process[];
}

/**
 * Read a process file, and from the files beside it whatever it calls: processes by id, decisions by id.
 *
 * @param processIds  Processes of the file to take besides its executable ones.
 * @param instantJobs  Job types whose tasks are passed without a job.
 * @throws InputInvalid  with every finding.
 */
export async function loadDefinitions(
  path: string,
  processIds: readonly string[],
  instantJobs?: ReadonlySet<string>,
): Promise<Definitions> {
  const main = await readProcessFile(path);
  if (main.format !== 'bpmn') throw invalid('bpmn-not-bpmn', 'This is a decision file; `baton decide` evaluates it.', { file: path });
  const models = chooseModels(main, processIds);
  const others = otherModels(main, models);
  const found = await findCalled(path, [...models, ...others]);
  const ports = { expressions, decisions: decisionPort(found.decisions), ...(instantJobs && { instantJobs }) };
  const own = models.map((model) => compileModel(model, ports, main));
  const beside = others.flatMap((model) => compileIfPossible(model, ports) ?? []);
  return { own, called: [...beside, ...found.processes.map(({ model, file }) => compileModel(model, ports, file))] };
}

/** What else the file has: other processes, to be called or to hear messages though only drawn, and global tasks. */
function otherModels(main: Extract<ReadFile, { format: 'bpmn' }>, chosen: readonly ProcessModel[]): readonly ProcessModel[] {
  const { processes, globalTasks } = main.result;
  return [...processes.filter((process) => !chosen.includes(process) && process.elements.length > 0), ...globalTasks];
}

/** A process that is only drawn need not be able to run. */
function compileIfPossible(model: ProcessModel, ports: Ports): Process | undefined {
  try {
    return compile(model, ports);
  } catch (error) {
    if (error instanceof ModelInvalid) return undefined;
    throw error;
  }
}

function chooseModels(main: Extract<ReadFile, { format: 'bpmn' }>, processIds: readonly string[]): readonly ProcessModel[] {
  const { processes, issues } = main.result;
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new InputInvalid(errors.map((issue) => ({ ...issue, file: main.path })));
  const unknown = processIds.find((id) => !processes.some((process) => process.id === id));
  if (unknown !== undefined) {
    const known = processes.map(({ id }) => id).join(', ');
    throw invalid('process-not-found', `There is no process "${unknown}" in the file. It has: ${known || 'none'}.`, { file: main.path });
  }
  const chosen = processes.filter(({ id, executable }) => executable || processIds.includes(id));
  // A file with a single process, or a single one that no other calls, means to run it, whether its tool marked it or not.
  const outermost = processes.filter((process) => process.elements.length > 0 && nobodyCalls(process, processes));
  const only = processes.length === 1 ? processes : outermost.length === 1 ? outermost : [];
  const models = chosen.length === 0 ? only : chosen;
  const hindrances = hindrancesOf(main, models);
  if (hindrances.length > 0) throw new InputInvalid(hindrances.map((issue) => ({ ...issue, file: main.path })));
  return models;
}

/** What is no more than an info in a process that is only drawn, but an error as soon as it is to run. */
const HINDRANCES = new Set(['bpmn-unsupported', 'bpmn-invalid', 'timer-invalid']);

function hindrancesOf(main: Extract<ReadFile, { format: 'bpmn' }>, chosen: readonly ProcessModel[]) {
  const { processes, issues } = main.result;
  const drawn = processes.filter(({ executable }) => !executable);
  // Which of several drawn processes an issue belongs to is not told.
  if (drawn.length === 0 || !drawn.every((process) => chosen.includes(process))) return [];
  return issues.filter(({ severity, code }) => severity === 'info' && HINDRANCES.has(code));
}

type Ports = Parameters<typeof compile>[1];

function compileModel(model: ProcessModel, ports: Ports, file: ReadFile): Process {
  try {
    return compile(model, ports);
  } catch (error) {
    if (!(error instanceof ModelInvalid)) throw error;
    throw new InputInvalid(
      error.problems.map((problem): Finding => ({ ...problem, file: file.path, line: lineOfElement(file.source, problem.elementId) })),
    );
  }
}

interface Found {
  readonly processes: { readonly model: ProcessModel; readonly file: ReadFile }[];
  readonly decisions: DmnModel[];
}

/** Follows calls from file to file. A file beside that cannot be read matters only when something in it is missed; it is named then. */
async function findCalled(path: string, own: readonly ProcessModel[]): Promise<Found> {
  const found: Found = { processes: [], decisions: [] };
  const wanted = own.flatMap(callsOf);
  const known = new Set(own.map(({ id }) => id));
  const besides = siblings(path);
  for (let call = wanted.shift(); call; call = wanted.shift()) {
    if (known.has(call.id)) continue;
    known.add(call.id);
    for (const sibling of besides) {
      // Reading a file costs; one that does not even contain the id cannot define it.
      if (!sibling.text.includes(call.id)) continue;
      const file = await sibling.read();
      if (file.format === 'dmn') {
        const isThere = call.type === 'decision' && file.model.decisions.some(({ id, name }) => id === call.id || name === call.id);
        if (isThere && !found.decisions.includes(file.model)) found.decisions.push(file.model);
        if (isThere) break;
      } else {
        const model = call.type === 'process' ? file.result.processes.find(({ id }) => id === call.id) : undefined;
        if (!model) continue;
        found.processes.push({ model, file });
        wanted.push(...callsOf(model));
        break;
      }
    }
  }
  return found;
}

function siblings(path: string): { readonly text: string; readonly read: () => Promise<ReadFile> }[] {
  const folder = dirname(path);
  return readdirSync(folder)
    .filter((name) => /\.(bpmn|dmn|xml)$/i.test(name))
    .map((name) => join(folder, name))
    .filter((other) => resolve(other) !== resolve(path))
    .map((other) => {
      let reading: Promise<ReadFile> | undefined;
      return { text: readFileSync(other, 'utf8'), read: () => (reading ??= readProcessFile(other)) };
    });
}
