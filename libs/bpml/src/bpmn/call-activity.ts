import type { CallActivityModel, Mapping } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { camundaValue, value, zeebeValue } from './expression.js';
import { readMappings, variable } from './mappings.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaElements, zeebeElement, zeebeText } from './vendor.js';
import { camundaBinding, zeebeBinding } from './decision.js';

type Call = Pick<
  CallActivityModel,
  'calledProcessId' | 'binding' | 'passAllVariables' | 'returnAllVariables' | 'businessKey' | 'inputs' | 'outputs'
>;

/** Which process is called and what passes between the two, in the words of whichever product wrote the file. */
export function readCall(reading: Reading, element: XmlElement): Call | undefined {
  const zeebe = zeebeElement(reading, element, 'calledElement');
  const zeebeProcess = zeebeText(zeebe, 'processId');
  if (zeebe && zeebeProcess !== undefined) {
    return {
      calledProcessId: zeebeValue(zeebeProcess),
      binding: zeebeBinding(zeebe),
      passAllVariables: zeebe.attribute('propagateAllParentVariables') !== 'false',
      returnAllVariables: zeebe.attribute('propagateAllChildVariables') !== 'false',
      ...readMappings(reading, element),
    };
  }
  const called = element.attribute('calledElement')?.trim() ?? '';
  if (called === '') {
    reading.error('bpmn-invalid', `"${title(element)}" does not say which process it calls.`, element);
    return undefined;
  }
  const target = reading.find(called);
  if (target?.local.startsWith('global')) {
    reading.error('bpmn-unsupported', `"${title(element)}" calls the global task "${title(target)}", which is not executed.`, element);
    return undefined;
  }
  return {
    calledProcessId: value(target?.id ?? called),
    binding: camundaBinding(reading, element, 'calledElement'),
    ...passing(reading, element),
  };
}

/** `in` and `out` elements. A file of no known product hands everything over and takes everything back. */
function passing(reading: Reading, element: XmlElement): Omit<Call, 'calledProcessId' | 'binding'> {
  const mappings = readMappings(reading, element);
  const inElements = camundaElements(element, 'in');
  const outElements = camundaElements(element, 'out');
  const businessKey = inElements.map((mapping) => mapping.attribute('businessKey')).find((text) => text !== undefined);
  const inputs = [...(mappings.inputs ?? []), ...inElements.flatMap((mapping) => copy(reading, mapping))];
  const outputs = [...(mappings.outputs ?? []), ...outElements.flatMap((mapping) => copy(reading, mapping))];
  const isPlain = !reading.camundaFamily;
  return {
    passAllVariables: isPlain || passesAll(reading, inElements),
    returnAllVariables: isPlain || passesAll(reading, outElements),
    ...(businessKey !== undefined && { businessKey: camundaValue(businessKey) }),
    ...(inputs.length > 0 && { inputs }),
    ...(outputs.length > 0 && { outputs }),
  };
}

function copy(reading: Reading, mapping: XmlElement): Mapping[] {
  reading.understandAll(mapping);
  if (mapping.attribute('local') === 'true') {
    reading.warn('mapping-local', 'local="true" of a mapping is not kept: variables are read and written from the inside out.', mapping);
  }
  const target = mapping.attribute('target')?.trim();
  if (target === undefined) return [];
  const text = mapping.attribute('sourceExpression');
  const source = text === undefined ? variable(mapping.attribute('source')?.trim() ?? '') : camundaValue(text);
  if (source) return [{ source, target }];
  reading.error('bpmn-unsupported', `A mapping to "${target}" reads a variable whose name no expression can say.`, mapping);
  return [];
}

function passesAll(reading: Reading, mappings: readonly XmlElement[]): boolean {
  return mappings.some((mapping) => {
    reading.understandAll(mapping);
    return mapping.attribute('variables') === 'all';
  });
}
