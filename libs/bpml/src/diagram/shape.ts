import { isContainer, isFlowNode } from '../bpmn/flow-nodes.js';
import { trigger } from '../bpmn/event-definitions.js';
import { isInterrupting } from '../bpmn/positions.js';
import type { Reading } from '../bpmn/reading.js';
import type { XmlElement } from '../xml/tree.js';
import type { Shape } from './types.js';

/**
 * What to draw for an element, without where.
 *
 * @param shown  The diagram's own element for it; absent when the file has no diagram.
 */
export function shapeOf(reading: Reading, element: XmlElement, shown?: XmlElement): Omit<Shape, 'bounds' | 'label'> {
  const name = nameOf(reading, element);
  const parent = parentOf(reading, element);
  const markers = markersOf(element, shown);
  const expanded = shown?.attribute('isExpanded');
  const attachedTo = reading.find(element.attribute('attachedToRef'))?.id;
  return {
    elementId: element.id ?? '',
    kind: element.local,
    ...(name !== undefined && { name }),
    ...(parent !== undefined && { parent }),
    ...(isContainer(element) && { expanded: expanded !== 'false' && (expanded === 'true' || hasContents(element)) }),
    ...eventOf(reading, element),
    ...(attachedTo !== undefined && { attachedTo }),
    ...(markers.length > 0 && { markers }),
  };
}

/** What an event is about, and the line of its ring: broken where it lets go on what is under way. */
function eventOf(reading: Reading, element: XmlElement): Pick<Shape, 'event' | 'interrupting'> {
  if (!element.local.endsWith('Event')) return {};
  const event = trigger(reading, element);
  const hasRing = element.local === 'boundaryEvent' || element.local === 'startEvent';
  return { event, ...(hasRing && { interrupting: isInterrupting(element, event) }) };
}

function nameOf(reading: Reading, element: XmlElement): string | undefined {
  if (element.local === 'textAnnotation') return element.childText('text');
  if (element.local === 'group') return reading.find(element.attribute('categoryValueRef'))?.attribute('value');
  const state = element.first('dataState')?.attribute('name');
  const name = element.attribute('name') || referenced(reading, element)?.attribute('name');
  return (state && name ? `${name} [${state}]` : name) || undefined;
}

function referenced(reading: Reading, element: XmlElement): XmlElement | undefined {
  return reading.find(element.attribute('dataStoreRef') ?? element.attribute('dataObjectRef') ?? element.attribute('processRef'));
}

/** The sub-process, lane or pool around it. */
function parentOf(reading: Reading, element: XmlElement): string | undefined {
  for (let outer = element.parent; outer; outer = outer.parent) {
    if (outer.local === 'process') return poolOf(reading, outer);
    if (outer.local === 'lane' || isContainer(outer)) return outer.id;
  }
  return undefined;
}

function poolOf(reading: Reading, process: XmlElement): string | undefined {
  const pools = reading.root.all('collaboration').flatMap((collaboration) => collaboration.all('participant'));
  return pools.find((pool) => reading.find(pool.attribute('processRef')) === process)?.id;
}

function hasContents(element: XmlElement): boolean {
  return element.children.some(isFlowNode);
}

/** The small signs at an element's foot, and how a pool or lane lies. */
function markersOf(element: XmlElement, shown?: XmlElement): string[] {
  const markers: string[] = [];
  const instances = element.first('multiInstanceLoopCharacteristics');
  if (instances) markers.push(instances.flag('isSequential') === true ? 'sequentialMultiInstance' : 'parallelMultiInstance');
  if (element.first('standardLoopCharacteristics')) markers.push('loop');
  if (element.flag('isForCompensation') === true) markers.push('compensation');
  if (element.flag('triggeredByEvent') === true) markers.push('eventSubProcess');
  if (element.local === 'adHocSubProcess') markers.push('adHoc');
  if (element.flag('instantiate') === true) markers.push('instantiate');
  if (element.attribute('eventGatewayType')?.toLowerCase() === 'parallel') markers.push('parallelEvents');
  if (element.flag('isCollection') === true) markers.push('collection');
  if (element.first('participantMultiplicity')) markers.push('parallelMultiInstance');
  if (shown?.attribute('isHorizontal') === 'false') markers.push('vertical');
  return markers;
}
