import { DmnInvalid } from './dmn-invalid.js';
import { childOf, childrenOf, idOf, nameOf, readBoxed, textOfChild, typeOf } from './read-boxed.js';
import { readXml } from './xml.js';
import type { XmlElement } from './xml.js';
import type { Decision, DecisionService, DmnModel, InputData, ItemType, KnowledgeModel, Requirements } from './model.js';

/** DMN 1.1, 1.2, 1.3, 1.4, 1.5. What differs between them does not change what is read here. */
const NAMESPACES = [
  'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
  'http://www.omg.org/spec/DMN/20180521/MODEL/',
  'https://www.omg.org/spec/DMN/20191111/MODEL/',
  'https://www.omg.org/spec/DMN/20211108/MODEL/',
  'https://www.omg.org/spec/DMN/20230324/MODEL/',
];

/**
 * Read a DMN file. Its form is checked, its texts and references are not: `parseDmn` does both.
 *
 * @throws DmnInvalid
 */
export function readDmn(xml: string): DmnModel {
  const root = readXml(xml);
  if (root.name !== 'definitions' || !NAMESPACES.includes(root.namespace)) {
    const message = `This is not a DMN file: its root is <${root.name}> in namespace "${root.namespace}".`;
    throw new DmnInvalid([{ code: 'dmn-not-dmn', message, line: root.line }]);
  }
  const own = (name: string) => childrenOf(root, name);
  return {
    id: idOf(root),
    name: nameOf(root),
    namespace: root.attributes.get('namespace') ?? '',
    types: own('itemDefinition').map(readType),
    inputs: own('inputData').map(readInput),
    decisions: own('decision').map(readDecision),
    functions: own('businessKnowledgeModel').map(readKnowledge),
    services: own('decisionService').map(readService),
  };
}

function readType(element: XmlElement): ItemType {
  const typeRef = textOfChild(element, 'typeRef');
  const allowedElement = childOf(element, 'allowedValues');
  const allowed = allowedElement ? textOfChild(allowedElement, 'text') : undefined;
  return {
    name: nameOf(element),
    ...(typeRef !== undefined && { typeRef: withoutPrefix(typeRef) }),
    isList: element.attributes.get('isCollection') === 'true',
    ...(allowed !== undefined && { allowed }),
    components: childrenOf(element, 'itemComponent').map(readType),
  };
}

function readInput(element: XmlElement): InputData {
  const variable = childOf(element, 'variable');
  return { ...readHead(element, variable), ...typeOf(variable) };
}

function readDecision(element: XmlElement): Decision {
  const variable = childOf(element, 'variable');
  const logic = element.children.map(readBoxed).find((boxed) => boxed !== null);
  const name = variable?.attributes.get('name');
  return {
    ...readHead(element),
    ...(name !== undefined && { variable: name }),
    ...typeOf(variable),
    requirements: readRequirements(element),
    ...(logic && { logic }),
  };
}

function readKnowledge(element: XmlElement): KnowledgeModel {
  const encapsulated = childOf(element, 'encapsulatedLogic');
  const logic = encapsulated && readBoxed(encapsulated);
  return {
    ...readHead(element, childOf(element, 'variable')),
    requirements: readRequirements(element),
    ...(logic?.kind === 'function' && { logic }),
  };
}

function readService(element: XmlElement): DecisionService {
  const references = (name: string) => childrenOf(element, name).map(referenceOf);
  return {
    ...readHead(element, childOf(element, 'variable')),
    outputs: references('outputDecision'),
    inputDecisions: references('inputDecision'),
    inputs: references('inputData'),
  };
}

/** Functions and inputs are known by their variable's name, where they have one. */
function readHead(element: XmlElement, variable?: XmlElement) {
  return { id: idOf(element) || nameOf(element), name: variable?.attributes.get('name') ?? nameOf(element), line: element.line };
}

function readRequirements(element: XmlElement): Requirements {
  const required = (requirement: string, target: string) =>
    childrenOf(element, requirement).flatMap((each) => childrenOf(each, target).map(referenceOf));
  return {
    inputs: required('informationRequirement', 'requiredInput'),
    decisions: required('informationRequirement', 'requiredDecision'),
    functions: required('knowledgeRequirement', 'requiredKnowledge'),
  };
}

/** `#id`; what stands before it names another model. */
function referenceOf(element: XmlElement): string {
  const href = element.attributes.get('href') ?? '';
  return href.startsWith('#') ? href.slice(1) : href;
}

function withoutPrefix(typeRef: string): string {
  return typeRef.trim().replace(/^feel[.:]/, '');
}
