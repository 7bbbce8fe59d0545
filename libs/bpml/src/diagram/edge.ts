import { isFlowNode } from '../bpmn/flow-nodes.js';
import type { Reading } from '../bpmn/reading.js';
import type { XmlElement } from '../xml/tree.js';
import type { Edge } from './types.js';

const KINDS: Readonly<Record<string, Edge['kind']>> = {
  sequenceFlow: 'sequenceFlow',
  messageFlow: 'messageFlow',
  conversationLink: 'messageFlow',
  association: 'association',
  dataInputAssociation: 'dataAssociation',
  dataOutputAssociation: 'dataAssociation',
};

/** What to draw for a connection, without where; `undefined` for an element that is none, or leads nowhere. */
export function edgeOf(reading: Reading, element: XmlElement): Omit<Edge, 'waypoints' | 'label'> | undefined {
  const kind = Object.hasOwn(KINDS, element.local) ? KINDS[element.local] : undefined;
  if (!kind) return undefined;
  const source = endOf(reading, element, 'sourceRef');
  const target = endOf(reading, element, 'targetRef');
  if (source === undefined || target === undefined) return undefined;
  const name = element.attribute('name');
  const conditional = element.first('conditionExpression') !== undefined;
  const isDefault = element.local === 'sequenceFlow' && reading.find(reading.find(source)?.attribute('default')) === element;
  return {
    elementId: element.id ?? '',
    kind,
    ...(name && { name }),
    source,
    target,
    ...(isDefault && { isDefault }),
    ...(conditional && { conditional }),
  };
}

/** A data association's inner end is a property or input of its activity: drawn at the activity itself. */
function endOf(reading: Reading, element: XmlElement, end: 'sourceRef' | 'targetRef'): string | undefined {
  const named = reading.find(element.attribute(end) ?? element.childText(end));
  const owner = element.local.startsWith('data') && element.parent && isFlowNode(element.parent) ? element.parent : undefined;
  const isInner = owner !== undefined && (named === undefined || isInside(named, owner));
  return (isInner ? owner : named)?.id;
}

function isInside(element: XmlElement, owner: XmlElement): boolean {
  return element === owner || (element.parent !== undefined && isInside(element.parent, owner));
}
