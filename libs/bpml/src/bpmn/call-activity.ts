import type { CallActivityModel, CalledProcess } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { camundaValue, value, zeebeValue } from './expression.js';
import { camundaCopies } from './mappings.js';
import type { Mappings } from './mappings.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { camundaElements, zeebeElement, zeebeText } from './vendor.js';
import { camundaBinding, zeebeBinding } from './decision.js';

type Call = Pick<CallActivityModel, 'called' | 'inputs' | 'outputs'>;

/**
 * Which process is called and what passes between the two, in the words of whichever product wrote the file.
 *
 * A global task of the file is called like a process: it is one of its own, with that task alone.
 */
export function readCall(reading: Reading, element: XmlElement, mappings: Mappings): Call | undefined {
  const zeebe = zeebeElement(reading, element, 'calledElement');
  const zeebeProcess = zeebeText(zeebe, 'processId');
  if (zeebe && zeebeProcess !== undefined) {
    return {
      called: {
        type: 'process',
        processId: zeebeValue(zeebeProcess),
        binding: zeebeBinding(zeebe),
        passAllVariables: zeebe.attribute('propagateAllParentVariables') !== 'false',
        returnAllVariables: zeebe.attribute('propagateAllChildVariables') !== 'false',
      },
      ...mappings,
    };
  }
  const called = element.attribute('calledElement')?.trim() ?? '';
  if (called === '') {
    reading.error('bpmn-invalid', `"${title(element)}" does not say which process it calls.`, element);
    return undefined;
  }
  const target = reading.find(called);
  return passing(reading, element, mappings, {
    type: 'process',
    processId: value(target?.id ?? called),
    binding: camundaBinding(reading, element, 'calledElement'),
  });
}

/** `in` and `out` elements. A file of no known product hands everything over and takes everything back. */
function passing(
  reading: Reading,
  element: XmlElement,
  mappings: Mappings,
  target: Pick<CalledProcess, 'type' | 'processId' | 'binding'>,
): Call {
  const inElements = camundaElements(element, 'in');
  const outElements = camundaElements(element, 'out');
  for (const mapping of [...inElements, ...outElements]) reading.understandAll(mapping);
  const businessKey = inElements.map((mapping) => mapping.attribute('businessKey')).find((text) => text !== undefined);
  const inputs = [...(mappings.inputs ?? []), ...camundaCopies(reading, element, 'in')];
  const outputs = [...(mappings.outputs ?? []), ...camundaCopies(reading, element, 'out')];
  const isPlain = !reading.camundaFamily;
  return {
    called: {
      ...target,
      passAllVariables: isPlain || passesAll(inElements),
      returnAllVariables: isPlain || passesAll(outElements),
      ...(businessKey !== undefined && { businessKey: camundaValue(businessKey) }),
    },
    ...(inputs.length > 0 && { inputs }),
    ...(outputs.length > 0 && { outputs }),
  };
}

function passesAll(mappings: readonly XmlElement[]): boolean {
  return mappings.some((mapping) => mapping.attribute('variables') === 'all');
}
