import type { ElementModel, FlowModel, ProcessModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readElement, readGlobalTask } from './elements.js';
import { flowId } from './flow-ids.js';
import { isContainer, isFlowNode } from './flow-nodes.js';
import { readFormula } from './formal-expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText, zeebeElement, zeebeText } from './vendor.js';

/** One process with everything inside it, flat, in document order. */
export function readProcess(reading: Reading, process: XmlElement): ProcessModel {
  const name = process.attribute('name');
  const documentation = process.childText('documentation');
  const versionTag = camundaText(reading, process, 'versionTag') ?? zeebeText(zeebeElement(reading, process, 'versionTag'), 'value');
  // They need nothing of their own: a variable of the instance is there as soon as something is written.
  for (const property of process.all('property')) reading.understandStandard(property);
  const elements: ElementModel[] = [];
  const flows: FlowModel[] = [];
  const read = () => readContents(reading, process, undefined, elements, flows);
  const executable = isExecutable(process);
  if (executable) {
    read();
  } else {
    reading.info('not-executable', `The process "${title(process)}" is not marked as executable: it is only drawn.`, process);
    reading.drawnOnly(read);
  }
  return {
    id: process.id ?? '',
    ...(name !== undefined && name !== '' && { name }),
    ...(versionTag !== undefined && { versionTag }),
    ...(documentation !== undefined && { documentation }),
    executable,
    elements,
    flows: complete(elements, flows),
  };
}

/** A global task as a process of its own, which begins and ends with it. */
export function readCallableTask(reading: Reading, task: XmlElement): ProcessModel | undefined {
  const element = readGlobalTask(reading, task);
  return (
    element && {
      id: element.id,
      ...(element.name !== undefined && { name: element.name }),
      executable: true,
      elements: [element],
      flows: [],
    }
  );
}

export function isExecutable(process: XmlElement): boolean {
  return process.flag('isExecutable') === true;
}

function readContents(
  reading: Reading,
  container: XmlElement,
  parent: string | undefined,
  elements: ElementModel[],
  flows: FlowModel[],
): void {
  for (const child of container.children) {
    if (isFlowNode(child)) {
      const element = readElement(reading, child, parent);
      if (element) elements.push(element);
      if (isContainer(child)) readContents(reading, child, child.id, elements, flows);
    } else if (child.local === 'sequenceFlow') {
      flows.push(readFlow(reading, child, parent));
    }
  }
}

function readFlow(reading: Reading, flow: XmlElement, parent: string | undefined): FlowModel {
  const name = flow.attribute('name');
  const condition = readFormula(reading, flow, flow.first('conditionExpression'), 'condition');
  return {
    id: flowId(reading, flow),
    ...(name !== undefined && name !== '' && { name }),
    ...(parent !== undefined && { parent }),
    source: reading.find(flow.attribute('sourceRef'))?.id ?? '',
    target: reading.find(flow.attribute('targetRef'))?.id ?? '',
    ...(condition && { condition }),
  };
}

/** Flows between elements that were read; the others were reported. */
function complete(elements: readonly ElementModel[], flows: readonly FlowModel[]): FlowModel[] {
  const ids = new Set(elements.map(({ id }) => id));
  return flows.filter(({ source, target }) => ids.has(source) && ids.has(target));
}
