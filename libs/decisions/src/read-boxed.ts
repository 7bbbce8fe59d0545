import type { Boxed, DecisionTable, HitPolicy, TableInput, TableOutput, Text } from './model.js';
import type { XmlElement } from './xml.js';

/** An element that is a boxed expression, or null. */
export function readBoxed(element: XmlElement): Boxed | null {
  const boxed = readUntyped(element);
  const own = typeOf(element);
  return boxed && own.typeRef !== undefined && boxed.typeRef === undefined ? { ...boxed, ...own } : boxed;
}

function readUntyped(element: XmlElement): Boxed | null {
  switch (element.name) {
    case 'literalExpression':
      return { kind: 'literal', ...readText(element) };
    case 'decisionTable':
      return readTable(element);
    case 'context':
      return {
        kind: 'context',
        entries: childrenOf(element, 'contextEntry').map((entry) => {
          const variable = childOf(entry, 'variable');
          const name = variable?.attributes.get('name');
          return { ...(name !== undefined && { name }), ...typeOf(variable), value: onlyBoxed(entry) };
        }),
      };
    case 'invocation':
      return {
        kind: 'invocation',
        target: onlyBoxed(element),
        bindings: childrenOf(element, 'binding').map((binding) => ({
          name: childOf(binding, 'parameter')?.attributes.get('name') ?? '',
          value: onlyBoxed(binding),
        })),
      };
    case 'functionDefinition':
    case 'encapsulatedLogic': {
      const body = element.children.map(readBoxed).find((boxed) => boxed !== null);
      return {
        kind: 'function',
        parameters: childrenOf(element, 'formalParameter').map((parameter) => ({
          name: parameter.attributes.get('name') ?? '',
          ...typeOf(parameter),
        })),
        ...(body && { body }),
        external: !['FEEL', undefined].includes(element.attributes.get('kind')),
      };
    }
    case 'list':
      return { kind: 'list', items: element.children.map(readBoxed).filter((item) => item !== null) };
    case 'relation':
      return {
        kind: 'relation',
        columns: childrenOf(element, 'column').map(nameOf),
        rows: childrenOf(element, 'row').map((row) => row.children.map(readBoxed).filter((cell) => cell !== null)),
      };
    case 'conditional':
      return { kind: 'conditional', condition: inner(element, 'if'), positive: inner(element, 'then'), negative: inner(element, 'else') };
    case 'for':
    case 'every':
    case 'some':
      return {
        kind: 'loop',
        type: element.name,
        variable: element.attributes.get('iteratorVariable') ?? '',
        collection: inner(element, 'in'),
        body: inner(element, element.name === 'for' ? 'return' : 'satisfies'),
      };
    case 'filter':
      return { kind: 'filter', collection: inner(element, 'in'), match: inner(element, 'match') };
    default:
      return null;
  }
}

function inner(element: XmlElement, name: string): Boxed {
  const child = childOf(element, name);
  return child ? onlyBoxed(child) : emptyText(element);
}

function onlyBoxed(element: XmlElement): Boxed {
  return element.children.map(readBoxed).find((boxed) => boxed !== null) ?? emptyText(element);
}

function emptyText(element: XmlElement): Boxed {
  return { kind: 'literal', text: 'null', language: 'feel', id: idOf(element), line: element.line };
}

function readTable(element: XmlElement): DecisionTable {
  const aggregation = element.attributes.get('aggregation');
  return {
    kind: 'table',
    id: idOf(element),
    line: element.line,
    hitPolicy: (element.attributes.get('hitPolicy') ?? 'UNIQUE') as HitPolicy,
    ...(aggregation !== undefined && { aggregation: aggregation as NonNullable<DecisionTable['aggregation']> }),
    inputs: childrenOf(element, 'input').map(readInput),
    outputs: childrenOf(element, 'output').map(readOutput),
    rules: childrenOf(element, 'rule').map((rule, index) => ({
      id: idOf(rule) || String(index + 1),
      tests: childrenOf(rule, 'inputEntry').map(readText),
      outputs: childrenOf(rule, 'outputEntry').map(readText),
    })),
  };
}

function readInput(element: XmlElement): TableInput {
  const expressionElement = childOf(element, 'inputExpression') ?? element;
  const expression = readText(expressionElement);
  const values = childOf(element, 'inputValues');
  return {
    label: element.attributes.get('label') ?? expression.text,
    expression,
    ...typeOf(expressionElement),
    ...(values && { values: readText(values) }),
  };
}

function readOutput(element: XmlElement): TableOutput {
  const name = element.attributes.get('name');
  const values = childOf(element, 'outputValues');
  const fallback = childOf(element, 'defaultOutputEntry');
  return {
    ...(name !== undefined && { name }),
    ...typeOf(element),
    ...(values && { values: readText(values) }),
    ...(fallback && { default: readText(fallback) }),
  };
}

function readText(element: XmlElement): Text {
  const language = element.attributes.get('expressionLanguage') ?? 'feel';
  return {
    text: (textOfChild(element, 'text') ?? '').trim(),
    language: /feel/i.test(language) ? 'feel' : language.toLowerCase(),
    id: idOf(element),
    line: childOf(element, 'text')?.line ?? element.line,
  };
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Children by local name. Vendor elements in other namespaces have other names than these. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name && child.namespace === element.namespace);
}

export function textOfChild(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text;
}

export function idOf(element: XmlElement): string {
  return element.attributes.get('id') ?? '';
}

export function nameOf(element: XmlElement): string {
  return element.attributes.get('name') ?? idOf(element);
}

export function typeOf(element: XmlElement | undefined): { readonly typeRef?: string } {
  const typeRef = element?.attributes.get('typeRef');
  return typeRef === undefined ? {} : { typeRef: typeRef.replace(/^feel[.:]/, '') };
}
