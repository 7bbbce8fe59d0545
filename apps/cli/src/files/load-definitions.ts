import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decisionPort } from '@baton/decisions';
import type { DmnModel } from '@baton/decisions';
import { ModelInvalid, compile } from '@baton/engine';
import type { Expression, Process, ProcessModel } from '@baton/engine';
import { expressions } from '@baton/expressions';
import { InputInvalid, invalid } from '../exit.js';
import type { Finding } from '../exit.js';
import { lineOfElement, readProcessFile } from './read-file.js';
import type { ReadFile } from './read-file.js';

/** Everything a run needs, compiled. */
export interface Definitions {
  /** The processes of the file itself, in its order. */
  readonly own: readonly Process[];
  /** Those found beside it because they are called. */
  readonly called: readonly Process[];
}

/**
 * Read a process file, and from the files beside it whatever it calls: processes by id, decisions by id.
 *
 * @param processIds  Processes of the file to take besides its executable ones.
 * @throws InputInvalid  with every finding.
 */
export async function loadDefinitions(path: string, processIds: readonly string[]): Promise<Definitions> {
  const main = await readProcessFile(path);
  if (main.format !== 'bpmn') throw invalid('bpmn-not-bpmn', 'This is a decision file; `baton decide` evaluates it.', { file: path });
  const models = chooseModels(main, processIds);
  const found = await findCalled(path, models);
  const ports = { expressions, decisions: decisionPort(found.decisions) };
  const own = models.map((model) => compileModel(model, ports, main));
  return { own, called: found.processes.map(({ model, file }) => compileModel(model, ports, file)) };
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
  // A file with a single process means to run it, whether its tool marked it or not.
  return chosen.length === 0 && processes.length === 1 ? processes : chosen;
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

/** What a model calls under a name that is written in it. A name that is only computed cannot be looked for. */
function callsOf(model: ProcessModel): { readonly type: 'process' | 'decision'; readonly id: string }[] {
  return model.elements.flatMap((element) => {
    if (element.kind === 'callActivity') return literal('process', element.calledProcessId);
    return 'work' in element && element.work.kind === 'decision' ? literal('decision', element.work.decisionId) : [];
  });
}

function literal(type: 'process' | 'decision', expression: Expression) {
  return expression.language === 'literal' ? [{ type, id: expression.text }] : [];
}
