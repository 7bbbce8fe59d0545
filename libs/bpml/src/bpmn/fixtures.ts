import { readBpmn } from './read-bpmn.js';
import type { ImportResult } from './read-bpmn.js';

const NAMESPACES = [
  'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:camunda="http://camunda.org/schema/1.0/bpmn"',
  'xmlns:flowable="http://flowable.org/bpmn"',
  'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"',
].join(' ');

/** A file for tests: `process` inside an executable process `p`, `root` beside it. */
export function file(process: string, root = ''): string {
  return `<definitions ${NAMESPACES} id="file" targetNamespace="urn:test">${root}<process id="p" isExecutable="true">${process}</process></definitions>`;
}

/** The same, read. */
export function read(process: string, root = ''): Promise<ImportResult> {
  return readBpmn(file(process, root), { fileName: 'test.bpmn' });
}

/** The model of one element of such a file. */
export async function readElementOf(process: string, id: string, root = '') {
  const { processes, issues } = await read(process, root);
  return { element: processes[0]?.elements.find((element) => element.id === id), issues };
}
