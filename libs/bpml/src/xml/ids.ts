import type { ImportIssue } from '@baton/contracts';
import { refuseAll } from '../import-refused.js';
import type { XmlElement } from './tree.js';

export const ID_LENGTH_MAX = 255;

const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
/** Source: Namespaces in XML 1.0 (third edition), NCName. */
const NC_NAME = new RegExp(`^[${NAME_START}][${NAME_START}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]*$`, 'u');

/**
 * Every id of the elements of the given namespaces, checked: legal and used once.
 *
 * Foreign elements may use their own `id` attributes as they like; they are not part of the model.
 *
 * @throws ImportRefused `bpmn-invalid-id`, `bpmn-duplicate-id`, each with all findings
 */
export function indexIds(root: XmlElement, isOurs: (element: XmlElement) => boolean, file: string): ReadonlyMap<string, XmlElement> {
  const ids = new Map<string, XmlElement>();
  const invalid: ImportIssue[] = [];
  const duplicate: ImportIssue[] = [];
  for (const element of root.walk()) {
    const id = element.id;
    if (id === undefined || !isOurs(element)) continue;
    const place = { severity: 'error' as const, file, line: element.line };
    if (id.length > ID_LENGTH_MAX || !NC_NAME.test(id)) {
      const message = `The id of a ${element.local} is not a legal XML name of at most ${ID_LENGTH_MAX} characters: ${JSON.stringify(shorten(id))}.`;
      invalid.push({ ...place, code: 'bpmn-invalid-id', message });
    } else if (ids.has(id)) {
      const message = `The id "${id}" is used twice: by a ${ids.get(id)?.local} in line ${ids.get(id)?.line} and a ${element.local} in line ${element.line}.`;
      duplicate.push({ ...place, code: 'bpmn-duplicate-id', message, elementId: id });
    } else {
      ids.set(id, element);
    }
  }
  if (invalid.length > 0) throw refuseAll('bpmn-invalid-id', 422, invalid);
  if (duplicate.length > 0) throw refuseAll('bpmn-duplicate-id', 422, duplicate);
  return ids;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
