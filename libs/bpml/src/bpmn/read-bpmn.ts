import type { Diagram, ImportIssue } from '@baton/contracts';
import type { ProcessModel } from '@baton/engine';
import { BPMN, BPMN_DI, CAMUNDA_FAMILY, DIAGRAM_COMMON, DIAGRAM_INTERCHANGE } from '../namespaces.js';
import { readDiagram } from '../diagram/read-diagram.js';
import { refuse } from '../import-refused.js';
import { indexIds } from '../xml/ids.js';
import { readXml } from '../xml/read-xml.js';
import type { XmlElement } from '../xml/tree.js';
import { givenIds } from './flow-ids.js';
import { isFlowNode, isGlobalTask } from './flow-nodes.js';
import { reportPreserved } from './preserved.js';
import { isExecutable, readCallableTask, readProcess } from './process.js';
import { Reading, title } from './reading.js';
import { checkReferences } from './references.js';

export interface ImportResult {
  /** Every process of the file, the ones that are only drawn too. */
  readonly processes: readonly ProcessModel[];
  /**
   * The global tasks of the file, each a process of its own with that one task: for call activities to call by the
   * task's id, never to be started by themselves.
   */
  readonly globalTasks: readonly ProcessModel[];
  /** The processes, counted: flow nodes as the file has them, nested and boundary ones included. */
  readonly summary: readonly ProcessSummary[];
  readonly diagram: Diagram;
  /** In the order of the file. With an `error` among them, the file must not be deployed. */
  readonly issues: readonly ImportIssue[];
  /** Where each element stands in the file, for what `compile` finds: element id → line, from 1. */
  readonly lines: ReadonlyMap<string, number>;
}

export interface ProcessSummary {
  readonly id: string;
  readonly name?: string;
  readonly executable: boolean;
  readonly elements: number;
}

const OUR_NAMESPACES = new Set([BPMN, BPMN_DI, DIAGRAM_COMMON, DIAGRAM_INTERCHANGE]);
/** Other ways than a process to say who does what with whom. */
const NOT_EXECUTED = /^(choreography|globalChoreographyTask|conversation|subConversation|callConversation|globalConversation)$/;

/**
 * Read a BPMN 2.0 file, of any vendor's dialect, into the engine's model and a picture.
 *
 * Nothing is silently dropped: whatever does not become part of the model is named in `issues`.
 * What an executable process cannot do here is an `error` there; `compile` finds the rest.
 *
 * @throws ImportRefused when the file cannot be read: the codes of `readXml`, and `bpmn-not-bpmn`,
 *                       `bpmn-invalid-id`, `bpmn-duplicate-id`, `bpmn-unresolved-reference`
 */
export async function readBpmn(content: string | Uint8Array, { fileName }: { fileName: string }): Promise<ImportResult> {
  const root = readXml(content, { fileName });
  if (root.uri !== BPMN || root.local !== 'definitions') {
    const message = `The file is not BPMN 2.0: its root is ${root.qualifiedName}${root.uri ? ` of ${root.uri}` : ''}.`;
    throw refuse('bpmn-not-bpmn', 422, message, { file: fileName, line: root.line });
  }
  const ids = indexIds(root, ({ uri }) => OUR_NAMESPACES.has(uri), fileName);
  const reading = new Reading(fileName, root, ids, usesCamundaFamily(root));
  checkReferences(reading);
  checkNames(reading);
  reportNotExecuted(reading);
  const processes = root.all('process').map((process) => readProcess(reading, process));
  const globalTasks = root.children.filter(isGlobalTask).flatMap((task) => readCallableTask(reading, task) ?? []);
  reportPreserved(reading);
  return {
    processes,
    globalTasks,
    summary: root.all('process').map(summarize),
    diagram: readDiagram(reading),
    issues: inFileOrder(reading.issues),
    lines: new Map([...ids, ...[...reading.derive(givenIds)].map(([flow, id]) => [id, flow] as const)].map(([id, { line }]) => [id, line])),
  };
}

/** Processes and flow nodes need an id: it is how everything else speaks of them. A flow can do without (`flow-ids.ts`). */
function checkNames(reading: Reading): void {
  for (const element of reading.root.walk()) {
    if (element.uri !== BPMN || element.id !== undefined) continue;
    if (isFlowNode(element) || isGlobalTask(element) || element.local === 'process') {
      throw refuse('bpmn-invalid-id', 422, `A ${element.local} in line ${element.line} has no id.`, {
        file: reading.file,
        line: element.line,
      });
    }
  }
}

/** Beside a process that runs they are part of the picture; alone, there is nothing to run. */
function reportNotExecuted(reading: Reading): void {
  const runs = reading.root.all('process').some(isExecutable);
  for (const element of reading.root.walk()) {
    if (element.uri !== BPMN || !NOT_EXECUTED.test(element.local)) continue;
    const what = `The ${element.local} "${title(element)}"`;
    if (runs) reading.info('preserved', `${what} (kept in the file, without effect).`, element);
    else reading.error('bpmn-unsupported', `${what} is not executed.`, element);
    reading.understand(element);
  }
}

function usesCamundaFamily(root: XmlElement): boolean {
  for (const element of root.walk()) {
    if (CAMUNDA_FAMILY.has(element.uri) || element.attributes.some(({ uri }) => CAMUNDA_FAMILY.has(uri))) return true;
  }
  return false;
}

function summarize(process: XmlElement): ProcessSummary {
  const name = process.attribute('name');
  const elements = [...process.walk()].filter(isFlowNode).length;
  return { id: process.id ?? '', ...(name !== undefined && name !== '' && { name }), executable: isExecutable(process), elements };
}

function inFileOrder(issues: readonly ImportIssue[]): ImportIssue[] {
  return [...issues].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}
