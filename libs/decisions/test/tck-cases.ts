import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Json } from '@baton/engine';
import { readXml } from '../src/xml.js';
import type { XmlElement } from '../src/xml.js';

const TCK = resolve(process.env['SUITES_DIR'] ?? '../shared/suites', 'dmn-tck');

export const hasTck = existsSync(TCK);

/** One expectation of the DMN Technology Compatibility Kit: inputs, a decision, what it must give. */
export interface TckCase {
  readonly name: string;
  readonly model: string;
  readonly decision: string;
  readonly inputs: Readonly<Record<string, Json>>;
  readonly expected: Json;
  readonly mayFail: boolean;
}

export function tckModels(level: 2 | 3): string[] {
  const folder = join(TCK, `compliance-level-${level}`);
  return readdirSync(folder).map((name) => join(folder, name));
}

/** The cases of one folder of the kit. */
export function tckCases(folder: string): TckCase[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.xml'))
    .flatMap((file) => {
      const root = readXml(readFileSync(join(folder, file), 'utf8'));
      const model = readFileSync(join(folder, childrenOf(root, 'modelName')[0]?.text.trim() ?? ''), 'utf8');
      return childrenOf(root, 'testCase').flatMap((testCase) => {
        const inputs = Object.fromEntries(
          childrenOf(testCase, 'inputNode').map((node) => [node.attributes.get('name') ?? '', valueOf(node)]),
        );
        return childrenOf(testCase, 'resultNode').map((node) => ({
          name: `${file} ${testCase.attributes.get('id') ?? ''}: ${node.attributes.get('name') ?? ''}`,
          model,
          decision: node.attributes.get('name') ?? '',
          inputs,
          expected: valueOf(childrenOf(node, 'expected')[0] ?? node),
          mayFail: node.attributes.get('errorResult') === 'true',
        }));
      });
    });
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function valueOf(node: XmlElement): Json {
  const list = childrenOf(node, 'list')[0];
  if (list) return list.children.map(valueOf);
  const components = childrenOf(node, 'component');
  if (components.length > 0)
    return Object.fromEntries(components.map((component) => [component.attributes.get('name') ?? '', valueOf(component)]));
  const value = childrenOf(node, 'value')[0];
  if (!value || value.attributes.get('xsi:nil') === 'true') return null;
  return typed(value);
}

function typed(value: XmlElement): Json {
  const type = value.attributes.get('xsi:type')?.replace(/^.*:/, '') ?? 'string';
  const { text } = value;
  if (['decimal', 'double', 'integer', 'int', 'long', 'float'].includes(type)) return Number(text);
  return type === 'boolean' ? text.trim() === 'true' : type === 'string' ? text : text.trim();
}
