import type { ImportIssue } from '@baton/contracts';
import { BPMN, BPMN_DI } from '../namespaces.js';
import { refuseAll } from '../import-refused.js';
import type { XmlElement } from '../xml/tree.js';
import type { Reading } from './reading.js';

/** Attributes that name another element of the file. */
const REFERENCES = new Set([
  'sourceRef',
  'targetRef',
  'attachedToRef',
  'default',
  'messageRef',
  'errorRef',
  'signalRef',
  'escalationRef',
  'processRef',
  'dataObjectRef',
  'dataStoreRef',
  'categoryValueRef',
  'activityRef',
]);
/** Child elements whose text names another element of the file. */
const REFERENCE_ELEMENTS = new Set(['flowNodeRef', 'sourceRef', 'targetRef', 'incoming', 'outgoing', 'eventDefinitionRef']);

/**
 * Every reference must lead to an element of the file, or to a namespace the file imports.
 *
 * A picture that shows a missing element only loses that shape: a warning.
 *
 * @throws ImportRefused `bpmn-unresolved-reference` with all findings
 */
export function checkReferences(reading: Reading): void {
  const dangling: ImportIssue[] = [];
  for (const element of reading.root.walk()) {
    if (element.uri === BPMN_DI) checkPicture(reading, element);
    if (element.uri !== BPMN) continue;
    for (const [property, target] of referencesOf(element)) {
      if (target === '' || reading.find(target) || isImported(reading, target)) continue;
      const elementId = element.id ?? element.parent?.id;
      dangling.push({
        severity: 'error',
        code: 'bpmn-unresolved-reference',
        message: `${property} of ${element.local}${elementId ? ` "${elementId}"` : ''} names "${target}", which is not in the file.`,
        file: reading.file,
        ...(elementId !== undefined && { elementId }),
        line: element.line,
      });
    }
  }
  if (dangling.length > 0) throw refuseAll('bpmn-unresolved-reference', 422, dangling);
}

function* referencesOf(element: XmlElement): Generator<readonly [property: string, target: string]> {
  for (const { local, uri, value } of element.attributes) if (uri === '' && REFERENCES.has(local)) yield [local, value.trim()];
  for (const child of element.children) {
    if (child.uri === BPMN && REFERENCE_ELEMENTS.has(child.local)) yield [child.local, child.text.trim()];
  }
}

function isImported(reading: Reading, target: string): boolean {
  const colon = target.indexOf(':');
  return colon > 0 && reading.root.all('import').length > 0;
}

function checkPicture(reading: Reading, element: XmlElement): void {
  const shown = element.attribute('bpmnElement');
  if (shown === undefined || reading.find(shown)) return;
  reading.warn('bpmn-unresolved-reference', `The diagram shows "${shown}", which is not in the file.`, element);
}
