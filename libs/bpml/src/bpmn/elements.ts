import type { ElementBase, ElementModel } from '@baton/engine';
import type { XmlElement } from '../xml/tree.js';
import { readActivity } from './activities.js';
import { readEvent } from './events.js';
import { isActivity } from './flow-nodes.js';
import { readGateway } from './gateways.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';

/**
 * One flow node as the engine's model; `undefined` when it cannot be executed.
 *
 * Every refusal names the element: `bpmn-unsupported` for what we do not execute, `bpmn-invalid` for what the standard forbids.
 */
export function readElement(reading: Reading, element: XmlElement, parent: string | undefined): ElementModel | undefined {
  const base = baseOf(element, parent);
  if (element.local.endsWith('Event')) return readEvent(reading, element, base);
  if (element.local.endsWith('Gateway')) return readGateway(reading, element, withDefault(element, base));
  if (isActivity(element)) return readActivity(reading, element, withDefault(element, base));
  reading.error('bpmn-unsupported', `The ${element.local} "${title(element)}" is not executed.`, element);
  return undefined;
}

/**
 * A global task as the only element of a process that call activities can call; `undefined` when it cannot be executed.
 *
 * Source: BPMN 2.0.2, 10.3.6 (global tasks): the same tasks, without the flows around them.
 */
export function readGlobalTask(reading: Reading, element: XmlElement): ElementModel | undefined {
  const kind = element.local.replace(/^global(.)/, (_, letter: string) => letter.toLowerCase());
  return readActivity(reading, element, baseOf(element, undefined), kind);
}

function baseOf(element: XmlElement, parent: string | undefined): ElementBase {
  const name = element.attribute('name');
  const documentation = element.childText('documentation');
  return {
    id: element.id ?? '',
    ...(name !== undefined && name !== '' && { name }),
    ...(documentation !== undefined && { documentation }),
    ...(parent !== undefined && { parent }),
  };
}

function withDefault(element: XmlElement, base: ElementBase): ElementBase & { readonly defaultFlow?: string } {
  const defaultFlow = element.attribute('default')?.trim().replace(/^.*:/, '');
  return { ...base, ...(defaultFlow && { defaultFlow }) };
}
