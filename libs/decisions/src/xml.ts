import { SaxesParser } from 'saxes';
import { DmnInvalid } from './dmn-invalid.js';

/** An element of the file: local name, namespace, attributes as they are written, text, children. */
export interface XmlElement {
  readonly name: string;
  readonly namespace: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: XmlElement[];
  readonly line: number;
  text: string;
}

const BYTES_MAX = 2 * 1024 * 1024;
const DEPTH_MAX = 50;
const ELEMENTS_MAX = 20_000;
const ATTRIBUTES_MAX = 64;

/**
 * Read XML into a tree, within limits.
 *
 * @throws DmnInvalid  `xml-dtd-forbidden`, `xml-malformed`, `payload-too-large`, `dmn-limit`, with the line.
 */
export function readXml(xml: string): XmlElement {
  if (xml.length > BYTES_MAX) throw refuse('payload-too-large', `The file has more than ${BYTES_MAX} characters.`, 1, 1);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const open: XmlElement[] = [];
  let root: XmlElement | undefined;
  let elements = 0;

  parser.on('doctype', () => {
    throw refuse('xml-dtd-forbidden', 'A document type declaration (<!DOCTYPE …>) is not allowed: remove it.', parser.line, parser.column);
  });
  parser.on('error', (error) => {
    throw refuse('xml-malformed', `The XML is not well formed: ${error.message.replace(/^\d+:\d+: /, '')}.`, parser.line, parser.column);
  });
  parser.on('opentag', (tag) => {
    const attributes = Object.values(tag.attributes);
    if (++elements > ELEMENTS_MAX || open.length >= DEPTH_MAX || attributes.length > ATTRIBUTES_MAX) {
      const limits = `${ELEMENTS_MAX} elements, ${DEPTH_MAX} levels, ${ATTRIBUTES_MAX} attributes of one element`;
      throw refuse('dmn-limit', `The file is larger than allowed (${limits}).`, parser.line, parser.column);
    }
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: new Map(attributes.map(({ name, value }) => [name, value])),
      children: [],
      line: parser.line,
      text: '',
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (text: string) => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(xml).close();
  if (!root) throw refuse('xml-malformed', 'The file is empty.', 1, 1);
  return root;
}

function refuse(code: string, message: string, line: number, column: number): DmnInvalid {
  return new DmnInvalid([{ code, message, line, column }]);
}
