import {
  BPMN,
  BPMN_DI,
  CAMUNDA_FAMILY,
  DIAGRAM_COMMON,
  DIAGRAM_INTERCHANGE,
  XML,
  XMLNS,
  XML_SCHEMA_INSTANCE,
  ZEEBE,
} from '../namespaces.js';
import type { XmlAttribute, XmlElement } from '../xml/tree.js';
import { isContainer, isFlowNode, isGlobalTask } from './flow-nodes.js';
import { title } from './reading.js';
import type { Reading } from './reading.js';
import { extensions } from './vendor.js';

/** BPMN children that are part of the model wherever they stand, or repeat what it says. */
const STRUCTURE = new Set([
  'extensionElements',
  'documentation',
  'incoming',
  'outgoing',
  'conditionExpression',
  'script',
  'sequenceFlow',
  'eventDefinitionRef',
  'participant',
  'process',
  'flowNodeRef',
  'processRef',
]);
/** Attributes of BPMN's own that are read, or that say nothing about execution. */
const READ_ATTRIBUTES = new Set(
  (
    'id name sourceRef targetRef attachedToRef default isExecutable cancelActivity implementation calledElement messageRef operationRef scriptFormat ' +
    'isInterrupting triggeredByEvent isForCompensation eventGatewayType escalationCode ordering cancelRemainingInstances startQuantity completionQuantity parallelMultiple instantiate gatewayDirection ' +
    'targetNamespace exporter exporterVersion expressionLanguage typeLanguage isClosed processType processRef errorCode associationDirection textFormat isImmediate'
  ).split(' '),
);
/** Vendor names that would have changed what the process does. The rest is bookkeeping of the product. */
const CHANGES_EXECUTION = new Set([
  'taskListener',
  'executionListener',
  'executionListeners',
  'taskListeners',
  'eventListener',
  'skipExpression',
  'candidateStarterGroups',
  'candidateStarterUsers',
  'variableMappingClass',
  'variableMappingDelegateExpression',
  'errorEventDefinition',
  'inputOutput',
  'connector',
  'field',
  'class',
  'delegateExpression',
  'expression',
  'in',
  'out',
  'resource',
  'preScript',
  'postScript',
  'serviceTaskOperator',
  'terminateAll',
  'inheritVariables',
  'initialValue',
  'variableAggregations',
]);
const STANDARD = new Set(['', BPMN, BPMN_DI, DIAGRAM_COMMON, DIAGRAM_INTERCHANGE, XML, XMLNS, XML_SCHEMA_INSTANCE]);

/**
 * Name everything the file says that did not become part of the model: one issue per element.
 *
 * `info` where it is only kept in the source; `warning` where the process would have behaved differently with it.
 */
export function reportPreserved(reading: Reading): void {
  for (const element of owners(reading.root)) {
    const left = leftovers(reading, element);
    const warnings = left.filter(({ local }) => CHANGES_EXECUTION.has(local));
    const infos = left.filter(({ local }) => !CHANGES_EXECUTION.has(local));
    const what = describe(element);
    if (warnings.length > 0) reading.warn('not-executed', `${what}: ${list(warnings)} (kept in the file, but not executed).`, element);
    if (infos.length > 0) reading.info('preserved', `${what}: ${list(infos)} (kept in the file, without effect).`, element);
  }
  reportPicture(reading);
}

interface Leftover {
  readonly local: string;
  readonly text: string;
}

/** Elements that get an issue of their own: the root, processes, flow nodes, flows and the parts of a collaboration. */
function* owners(element: XmlElement): Generator<XmlElement> {
  if (element.uri !== BPMN) return;
  yield element;
  for (const child of element.children) if (isOwner(child)) yield* owners(child);
}

function isOwner(element: XmlElement): boolean {
  if (element.uri !== BPMN) return false;
  return (
    isContainer(element) ||
    isFlowNode(element) ||
    isGlobalTask(element) ||
    ['collaboration', 'sequenceFlow', 'participant', 'message', 'error', 'signal', 'escalation'].includes(element.local)
  );
}

function leftovers(reading: Reading, owner: XmlElement): Leftover[] {
  const found: Leftover[] = owner.attributes
    .filter((attribute) => isLeft(reading, attribute))
    .map((attribute) => ({ local: attribute.local, text: attributeName(attribute) }));
  for (const child of owner.children) {
    if (isOwner(child) || child.uri === BPMN_DI) continue;
    if (child.uri === BPMN && child.local === 'extensionElements')
      found.push(...child.children.flatMap((extension) => partly(reading, extension)));
    else if (child.uri !== BPMN) found.push({ local: child.local, text: child.qualifiedName });
    else if (!STRUCTURE.has(child.local) && !reading.isUnderstood(child)) found.push(named(child), ...initialValue(child));
    else found.push(...foreignParts(reading, child));
  }
  return found;
}

/** What vendors add to a part of the standard that was read: attributes and extensions, however deep inside. */
function foreignParts(reading: Reading, part: XmlElement): Leftover[] {
  const attributes = part.attributes
    .filter((attribute) => isForeign(reading, attribute))
    .map((attribute) => ({ local: attribute.local, text: attributeName(attribute) }));
  const inside = part.children.flatMap((child) => {
    if (isOwner(child)) return [];
    if (child.uri !== BPMN) return part.local === 'documentation' ? [] : partly(reading, child);
    return foreignParts(reading, child);
  });
  return [...attributes, ...inside];
}

/** An extension that was not read at all, or the parts that were not of one that was. */
function partly(reading: Reading, extension: XmlElement): Leftover[] {
  if (!reading.isUnderstood(extension)) {
    const event = extension.attribute('event') ?? extension.attribute('eventType');
    return [{ local: extension.local, text: event === undefined ? extension.qualifiedName : `${extension.qualifiedName} (${event})` }];
  }
  return extension.children
    .filter((child) => !reading.isUnderstood(child))
    .flatMap((child) => ({ local: child.local, text: `${extension.qualifiedName}/${child.local}` }));
}

function isLeft(reading: Reading, attribute: XmlAttribute): boolean {
  if (attribute.uri === '')
    return !reading.isUnderstood(attribute) && !READ_ATTRIBUTES.has(attribute.local) && !/^(false|None|1)$/.test(attribute.value);
  return isForeign(reading, attribute);
}

function isForeign(reading: Reading, attribute: XmlAttribute): boolean {
  return !STANDARD.has(attribute.uri) && !reading.isUnderstood(attribute);
}

/** `lane "Approver"`, `dataStoreReference "Ledger"`; without a name its kind is enough. */
function named(element: XmlElement): Leftover {
  if (element.local === 'laneSet')
    return {
      local: element.local,
      text: `lanes ${[...element.walk()]
        .filter(({ local }) => local === 'lane')
        .map(quoted)
        .join(', ')}`,
    };
  return { local: `bpmn:${element.local}`, text: element.attribute('name') ? `${element.local} ${quoted(element)}` : element.local };
}

/** Activiti and Flowable begin a process with the values of its data objects. */
function initialValue(part: XmlElement): Leftover[] {
  const values = part.local === 'dataObject' ? extensions(part).filter(({ local }) => local === 'value') : [];
  return values.map(({ qualifiedName }) => ({ local: 'initialValue', text: `${qualifiedName} of dataObject ${quoted(part)}` }));
}

const quoted = (element: XmlElement) => `"${title(element)}"`;

function attributeName({ prefix, local, uri, value }: XmlAttribute): string {
  const isVendor = CAMUNDA_FAMILY.has(uri) || uri === ZEEBE;
  return `${prefix ? `${prefix}:` : ''}${local}${isVendor && value.length <= 40 ? `="${value}"` : ''}`;
}

function describe(element: XmlElement): string {
  return element.local === 'definitions' ? 'The file' : `The ${element.local} ${quoted(element)}`;
}

function list(items: readonly Leftover[]): string {
  const texts = [...new Set(items.map(({ text }) => text))];
  return texts.length > 12 ? `${texts.slice(0, 12).join(', ')} and ${texts.length - 12} more` : texts.join(', ');
}

/** Colours and other additions to the picture: once for the whole file. */
function reportPicture(reading: Reading): void {
  const names = new Set<string>();
  for (const diagram of reading.root.all('BPMNDiagram', BPMN_DI)) {
    for (const element of diagram.walk()) {
      for (const attribute of element.attributes) if (!STANDARD.has(attribute.uri)) names.add(attributeName(attribute));
      if (!STANDARD.has(element.uri)) names.add(element.qualifiedName);
    }
  }
  if (names.size > 0) reading.info('preserved', `The diagram: ${[...names].join(', ')} (kept in the file, but not drawn).`, reading.root);
}
