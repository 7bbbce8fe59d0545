import type { Expression, Json, Mapping } from '@baton/engine';
import { CAMUNDA_FAMILY, ZEEBE } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import { readDataMappings } from './data.js';
import { camundaValue, feel, formulaIn, zeebeValue } from './expression.js';
import { gatherPaths } from './nested-target.js';
import type { Reading } from './reading.js';
import { camundaElements, zeebeElement } from './vendor.js';

export interface Mappings {
  readonly inputs?: readonly Mapping[];
  readonly outputs?: readonly Mapping[];
}

/** Input and output mappings of an activity or event: data associations, Camunda's `inputOutput`, Zeebe's `ioMapping`. */
export function readMappings(reading: Reading, element: XmlElement): Mappings {
  const data = readDataMappings(reading, element);
  const inputs: Mapping[] = [...(data.inputs ?? [])];
  const outputs: Mapping[] = [...(data.outputs ?? [])];
  for (const block of camundaElements(element, 'inputOutput')) {
    reading.understand(block);
    inputs.push(...camundaParameters(reading, block, 'inputParameter'));
    outputs.push(...camundaParameters(reading, block, 'outputParameter'));
  }
  const block = zeebeElement(reading, element, 'ioMapping');
  if (block) {
    inputs.push(...zeebeMappings(reading, block, 'input'));
    outputs.push(...zeebeMappings(reading, block, 'output'));
  }
  return { ...(inputs.length > 0 && { inputs }), ...(outputs.length > 0 && { outputs }) };
}

/** `inputParameter` or `outputParameter` children: a text, a list, a map or a script each. */
export function camundaParameters(reading: Reading, block: XmlElement, kind: 'inputParameter' | 'outputParameter'): Mapping[] {
  return block.all(kind, block.uri).flatMap((parameter) => {
    reading.understandAll(parameter);
    const target = parameter.attribute('name')?.trim() ?? '';
    const source = parameterSource(parameter);
    if (source && target) return [{ source, target }];
    reading.error('bpmn-unsupported', `The ${kind} "${target}" holds something that is not read: ${describe(parameter)}.`, parameter);
    return [];
  });
}

function parameterSource(parameter: XmlElement): Expression | undefined {
  const child = parameter.children.find(({ uri }) => CAMUNDA_FAMILY.has(uri));
  if (!child) return camundaValue(parameter.text.trim());
  if (child.local === 'script') return formulaIn(child.attribute('scriptFormat') ?? 'none', child.text);
  const plain = plainValue(child);
  return plain === undefined ? undefined : feel(JSON.stringify(plain));
}

/** A list or map of plain texts; `undefined` when anything in it must be evaluated. */
function plainValue(element: XmlElement): Json | undefined {
  if (element.local === 'value') return camundaValue(element.text).language === 'literal' ? element.text.trim() : undefined;
  if (element.local === 'list') {
    const items = element.children.map(plainValue);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (element.local !== 'map') return undefined;
  const entries: [string, Json][] = [];
  for (const entry of element.children) {
    const inner = entry.children[0];
    const text = inner ? plainValue(inner) : camundaValue(entry.text).language === 'literal' ? entry.text.trim() : undefined;
    if (text === undefined) return undefined;
    entries.push([entry.attribute('key') ?? '', text]);
  }
  return Object.fromEntries(entries);
}

function zeebeMappings(reading: Reading, block: XmlElement, kind: 'input' | 'output'): Mapping[] {
  const mappings = block.all(kind, ZEEBE).flatMap((mapping) => {
    const target = mapping.attribute('target')?.trim() ?? '';
    const isRead = kind === 'input' ? !target.split('.').includes('') : target !== '' && !target.includes('.');
    if (isRead) return [{ source: zeebeValue(mapping.attribute('source') ?? ''), target }];
    reading.error('bpmn-unsupported', `A mapping to "${target}" is not read: name one variable as its target.`, mapping);
    return [];
  });
  return kind === 'input' ? gatherPaths(mappings) : mappings;
}

/** Camunda's `in` or `out` elements as copies: of a call activity, or of what a signal carries. `variables="all"` is not among them. */
export function camundaCopies(reading: Reading, element: XmlElement, name: 'in' | 'out'): Mapping[] {
  return camundaElements(element, name).flatMap((mapping) => copy(reading, mapping));
}

function copy(reading: Reading, mapping: XmlElement): Mapping[] {
  const target = mapping.attribute('target')?.trim();
  if (target === undefined) return [];
  reading.understandAll(mapping);
  if (mapping.attribute('local') === 'true') {
    reading.warn('mapping-local', 'local="true" of a mapping is not kept: variables are read and written from the inside out.', mapping);
  }
  const text = mapping.attribute('sourceExpression');
  const source = text === undefined ? variable(mapping.attribute('source')?.trim() ?? '') : camundaValue(text);
  if (source) return [{ source, target }];
  reading.error('bpmn-unsupported', `A mapping to "${target}" reads a variable whose name no expression can say.`, mapping);
  return [];
}

/** Reads one variable by its name; `undefined` for a name that no expression can say. */
export function variable(name: string): Expression | undefined {
  return /^[\p{L}_$][\p{L}\d_$]*$/u.test(name) ? feel(name) : undefined;
}

function describe(parameter: XmlElement): string {
  return parameter.children.map((child) => child.local).join(', ') || 'no name';
}
