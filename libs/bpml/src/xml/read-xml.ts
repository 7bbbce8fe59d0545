import { SaxesParser } from 'saxes';
import { XINCLUDE, XML_SCHEMA_INSTANCE } from '../namespaces.js';
import { refuse } from '../import-refused.js';
import { decodeXml } from './encoding.js';
import { XmlElement } from './tree.js';
import type { XmlAttribute } from './tree.js';

export const XML_DEPTH_MAX = 50;
export const XML_ELEMENTS_MAX = 5_000;
export const XML_ATTRIBUTES_MAX = 64;
/** A prefix that hand-written files use without declaring it; it can mean only one thing. */
const UNDECLARED = { xsi: XML_SCHEMA_INSTANCE };

/**
 * The front door of every XML file: limits first, then well-formedness, into a tree that keeps lines and order.
 *
 * Entities are never expanded: any document type is refused before its content is looked at.
 *
 * @param content  The file's bytes, or its text when someone else has decoded it.
 * @returns        The root element.
 * @throws ImportRefused `payload-too-large`, `xml-encoding`, `xml-dtd-forbidden`, `xml-malformed`, `bpmn-limit`,
 *                 `bpmn-duplicate-id` (an attribute twice), `bpmn-unsupported` (XInclude); with line and column.
 */
export function readXml(content: string | Uint8Array, { fileName }: { fileName: string }): XmlElement {
  const text = decodeXml(content, fileName);
  const parser = new SaxesParser({ xmlns: true, position: true, additionalNamespaces: UNDECLARED });
  let root: XmlElement | undefined;
  let open: XmlElement | undefined;
  let depth = 0;
  let elements = 0;
  let startLine = 1;

  const stop = (code: string, status: number, message: string, line = parser.line) =>
    refuse(code, status, `${message} (line ${line}, column ${parser.column + 1})`, { file: fileName, line, column: parser.column + 1 });

  parser.on('error', (error) => {
    const message = error.message.replace(/^.*?\d+:\d+: /, '').replace(/\.?$/, '.');
    if (message.startsWith('duplicate attribute')) throw stop('bpmn-duplicate-id', 422, 'An element has the same attribute twice.');
    throw stop('xml-malformed', 400, `The file is not well-formed XML: ${message}`);
  });
  parser.on('doctype', () => {
    throw stop('xml-dtd-forbidden', 400, 'A document type (<!DOCTYPE) is not allowed.');
  });
  parser.on('opentagstart', () => {
    startLine = parser.line;
    if (++depth > XML_DEPTH_MAX) throw stop('bpmn-limit', 422, `Elements are nested deeper than ${XML_DEPTH_MAX}.`);
    if (++elements > XML_ELEMENTS_MAX) throw stop('bpmn-limit', 422, `The file has more than ${XML_ELEMENTS_MAX} elements.`);
  });
  parser.on('opentag', (tag) => {
    if (tag.uri === XINCLUDE) throw stop('bpmn-unsupported', 422, 'XInclude is not supported.', startLine);
    const attributes: XmlAttribute[] = Object.values(tag.attributes).map(({ uri, prefix, local, value }) => ({
      uri,
      prefix,
      local,
      value,
    }));
    if (attributes.length > XML_ATTRIBUTES_MAX) throw stop('bpmn-limit', 422, `An element has more than ${XML_ATTRIBUTES_MAX} attributes.`);
    const element = new XmlElement(tag.uri, tag.prefix, tag.local, attributes, startLine, open);
    open?.children.push(element);
    root ??= element;
    open = element;
  });
  parser.on('closetag', () => {
    depth--;
    open = open?.parent;
  });
  const append = (characters: string) => {
    if (open) open.text += characters;
  };
  parser.on('text', append);
  parser.on('cdata', append);
  parser.write(text).close();
  if (!root) throw stop('xml-malformed', 400, 'The file is empty.');
  return root;
}
