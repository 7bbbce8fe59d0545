import type { ElementModel } from '@baton/engine';
import { BPMN } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import { readCall } from './call-activity.js';
import { trigger } from './event-definitions.js';
import { readEvent } from './events.js';
import type { Base } from './events.js';
import { readMappings } from './mappings.js';
import { awaitedMessage } from './messages.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { readUserTask } from './user-task.js';
import { readWork } from './work.js';

const FLOW_NODE = /^(?!global).*(Task|Event|Gateway|[sS]ubProcess|[cC]horeography)$|^(task|transaction|callActivity)$/;

/** Is it something a token can be at? */
export function isFlowNode(element: XmlElement): boolean {
  return element.uri === BPMN && FLOW_NODE.test(element.local);
}

/** Has it flow elements inside? */
export function isContainer(element: XmlElement): boolean {
  return element.uri === BPMN && /^(process|subProcess|transaction|adHocSubProcess|subChoreography)$/.test(element.local);
}

/**
 * One flow node as the engine's model; `undefined` when it cannot be executed.
 *
 * Every refusal names the element: `bpmn-unsupported` for what we do not execute.
 */
export function readElement(reading: Reading, element: XmlElement, parent: string | undefined): ElementModel | undefined {
  const unsupported = unsupportedBy(reading, element);
  if (unsupported) {
    reading.error('bpmn-unsupported', `${unsupported} "${title(element)}" is not executed.`, element);
    markRefused(reading, element);
    return undefined;
  }
  const name = element.attribute('name');
  const documentation = element.childText('documentation');
  const base: Base = {
    id: element.id ?? '',
    ...(name !== undefined && name !== '' && { name }),
    ...(documentation !== undefined && { documentation }),
    ...(parent !== undefined && { parent }),
  };
  return element.local.endsWith('Event') ? readEvent(reading, element, base) : readActivity(reading, element, base);
}

/** What makes an element refused is reported with it; to say that it is kept as well would only confuse. */
function markRefused(reading: Reading, element: XmlElement): void {
  reading.understand(...element.attributes.filter(({ uri }) => uri === ''));
  for (const child of element.children) if (child.uri === BPMN && MARKER.test(child.local)) reading.understandAll(child);
}

const MARKER = /(EventDefinition|LoopCharacteristics|^completionCondition)$/;

function readActivity(reading: Reading, element: XmlElement, base: Base): ElementModel | undefined {
  const defaultFlow = element.attribute('default')?.trim().replace(/^.*:/, '');
  const withDefault = { ...base, ...(defaultFlow && { defaultFlow }) };
  const kind = element.local;
  switch (kind) {
    case 'exclusiveGateway':
    case 'parallelGateway':
      return { kind, ...withDefault };
    case 'userTask':
      return { kind, ...withDefault, ...readMappings(reading, element), ...readUserTask(reading, element) };
    case 'serviceTask':
    case 'scriptTask':
    case 'businessRuleTask':
    case 'sendTask':
      return { kind, ...withDefault, ...readMappings(reading, element), work: readWork(reading, element, kind) };
    case 'task':
    case 'manualTask':
    case 'subProcess':
      return { kind, ...withDefault, ...readMappings(reading, element) };
    case 'receiveTask':
      return { kind, ...withDefault, ...readMappings(reading, element), message: awaitedMessage(reading, element) };
    case 'callActivity': {
      const call = readCall(reading, element);
      return call && { kind, ...withDefault, ...call };
    }
    default:
      return undefined;
  }
}

/** Where each trigger is executed. */
const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  startEvent: ['none', 'timer', 'message'],
  endEvent: ['none', 'error', 'terminate'],
  intermediateCatchEvent: ['timer', 'message'],
  intermediateThrowEvent: ['none'],
  boundaryEvent: ['timer', 'error'],
};
const ACTIVITIES = new Set([
  'exclusiveGateway',
  'parallelGateway',
  'task',
  'userTask',
  'manualTask',
  'serviceTask',
  'scriptTask',
  'businessRuleTask',
  'sendTask',
  'receiveTask',
  'callActivity',
  'subProcess',
]);

/** The name of what keeps an element from being executed, e.g. `A signal boundaryEvent`; absent when nothing does. */
function unsupportedBy(reading: Reading, element: XmlElement): string | undefined {
  const { local } = element;
  if (element.first('multiInstanceLoopCharacteristics')) return `The multi-instance ${local}`;
  if (element.first('standardLoopCharacteristics')) return `The loop ${local}`;
  if (element.attribute('isForCompensation') === 'true') return `The compensation ${local}`;
  if (element.attribute('triggeredByEvent') === 'true') return 'The event sub-process';
  if (local === 'receiveTask' && element.attribute('instantiate') === 'true') return 'The instantiating receiveTask';
  if (['startQuantity', 'completionQuantity'].some((name) => Number(element.attribute(name) ?? 1) > 1))
    return `The ${local} for several tokens`;
  const triggers = Object.hasOwn(TRIGGERS, local) ? TRIGGERS[local] : undefined;
  if (triggers) {
    const type = trigger(reading, element);
    return triggers.includes(type) ? undefined : `The ${type} ${local}`;
  }
  return ACTIVITIES.has(local) ? undefined : `The ${local}`;
}
