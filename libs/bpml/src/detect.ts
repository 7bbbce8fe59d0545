import { APG_BPML, BPML_PREFIX, BPMN, DMN_PREFIXES } from './namespaces.js';
import { refuse } from './import-refused.js';
import type { ImportRefused } from './import-refused.js';

export type FileFormat = 'bpmn' | 'dmn' | 'bpml' | 'unknown';

/** The root stands at the beginning; nobody should make us read megabytes to find that out. */
const HEAD_LENGTH = 65_536;
const BPMI_ACTIVITIES = /<(all|spawn|synch|raise|action|rule|sequence|operation|assign|choice|foreach)\b/;

/**
 * Which reader a file needs, by the namespace and name of its root element.
 *
 * A file with no readable root goes by its name, so that its reader can say what is wrong and where.
 * Only `bpmn` and `dmn` are read today; for the others see `refuseFormat`.
 */
export function detect(fileName: string, content: string): FileFormat {
  const head = content.slice(0, HEAD_LENGTH);
  const root = rootTag(head);
  if (!root) return byFileName(fileName);
  const { namespace, local } = root;
  if (namespace === BPMN) return 'bpmn';
  if (DMN_PREFIXES.some((prefix) => namespace.startsWith(prefix))) return 'dmn';
  if (namespace.startsWith(BPML_PREFIX) || namespace === APG_BPML) return 'bpml';
  if (namespace === '' && (local === 'package' || local === 'process') && BPMI_ACTIVITIES.test(head)) return 'bpml';
  return byFileName(fileName);
}

/** The answer to a file of a format that has no reader yet, or of none we know. */
export function refuseFormat(format: Exclude<FileFormat, 'bpmn' | 'dmn'>, fileName: string): ImportRefused {
  if (format === 'bpml') return refuse('bpmn-unsupported', 422, 'This is a BPML file, which Baton does not read yet.', { file: fileName });
  return refuse('bpmn-not-bpmn', 422, 'This is neither a BPMN 2.0 nor a DMN file.', { file: fileName });
}

function byFileName(fileName: string): FileFormat {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return extension === 'bpmn' || extension === 'dmn' || extension === 'bpml' ? extension : 'unknown';
}

/** The first element, past declaration, comments, processing instructions and a document type. */
function rootTag(content: string): { readonly namespace: string; readonly local: string } | undefined {
  let rest = content.replace(/^\uFEFF/, '').trimStart();
  for (let prolog = prologLength(rest); prolog > 0; prolog = prologLength(rest)) rest = rest.slice(prolog).trimStart();
  const tag = /^<(?:([\w.-]+):)?([\w.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)/.exec(rest);
  if (!tag) return undefined;
  const [, prefix, local = '', attributes = ''] = tag;
  const wanted = prefix === undefined ? 'xmlns' : `xmlns:${prefix}`;
  for (const [, name, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === wanted) return { namespace: double ?? single ?? '', local };
  }
  return { namespace: '', local };
}

/** Characters up to the end of the construct before the root, 0 when the root (or nothing readable) comes next. */
function prologLength(text: string): number {
  if (text.startsWith('<?')) return lengthTo(text, '?>');
  if (text.startsWith('<!--')) return lengthTo(text, '-->');
  if (/^<!doctype/i.test(text)) return /^<![^[>]*(\[[^\]]*\]\s*)?>/.exec(text)?.[0].length ?? 0;
  return 0;
}

function lengthTo(text: string, end: string): number {
  const at = text.indexOf(end);
  return at < 0 ? 0 : at + end.length;
}
