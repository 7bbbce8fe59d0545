import type { ElementModel, FlowModel, ProcessModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { isContainer, isFlowNode, readElement } from './elements.js';
import { formulaIn, languageOf } from './expression.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaText, zeebeElement, zeebeText } from './vendor.js';

/** One process with everything inside it, flat, in document order. */
export function readProcess(reading: Reading, process: XmlElement): ProcessModel {
  const name = process.attribute('name');
  const documentation = process.childText('documentation');
  const versionTag = camundaText(reading, process, 'versionTag') ?? zeebeText(zeebeElement(reading, process, 'versionTag'), 'value');
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

export function isExecutable(process: XmlElement): boolean {
  return /^(true|1)$/.test(process.attribute('isExecutable')?.trim() ?? '');
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
  const condition = readCondition(reading, flow);
  return {
    id: flow.id ?? '',
    ...(name !== undefined && name !== '' && { name }),
    ...(parent !== undefined && { parent }),
    source: reading.find(flow.attribute('sourceRef'))?.id ?? '',
    target: reading.find(flow.attribute('targetRef'))?.id ?? '',
    ...(condition && { condition }),
  };
}

function readCondition(reading: Reading, flow: XmlElement): FlowModel['condition'] {
  const expression = flow.first('conditionExpression');
  if (!expression) return undefined;
  const language = languageOf(expression, reading.root);
  const resource = camundaText(reading, expression, 'resource');
  const condition = resource === undefined ? formulaIn(language, expression.text) : undefined;
  if (expression.text.trim() === '' && resource === undefined) return undefined;
  if (!condition) {
    reading.error(
      'bpmn-unsupported',
      `The condition of "${title(flow)}" is in ${resource ?? language}, which is not executed: write it in FEEL.`,
      flow,
    );
  }
  return condition;
}

/** Flows between elements that were read; the others were reported. */
function complete(elements: readonly ElementModel[], flows: readonly FlowModel[]): FlowModel[] {
  const ids = new Set(elements.map(({ id }) => id));
  return flows.filter(({ source, target }) => ids.has(source) && ids.has(target));
}
