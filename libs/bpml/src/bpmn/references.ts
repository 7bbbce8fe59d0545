import type { ImportIssue } from '@baton/contracts';
import { BPMN, BPMN_DI, CAMUNDA_FAMILY, XMLNS } from '../namespaces.js';
import { refuseAll } from '../import-refused.js';
import type { XmlElement } from '../xml/tree.js';
import { title } from './reading.js';
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
/** Child elements whose text names another element of the file. Not those of data associations: files name variables there, too. */
const REFERENCE_ELEMENTS = new Set(['flowNodeRef', 'incoming', 'outgoing', 'eventDefinitionRef']);
/** They only repeat what flows and lanes say: files edited by hand leave some behind. */
const REPETITIONS = new Set(['flowNodeRef', 'incoming', 'outgoing']);

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
      if (property === 'errorRef' && declaresCamundaFamily(reading.root)) {
        reading.warn('bpmn-unresolved-reference', `There is no error "${target}" in the file: it was read as an error code.`, element);
        continue;
      }
      if (REPETITIONS.has(property)) {
        reading.warn(
          'bpmn-unresolved-reference',
          `${property} of "${title(element)}" names "${target}", which is not in the file.`,
          element,
        );
        continue;
      }
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

/** That product's tools wrote the file, even if it says nothing in its names. */
function declaresCamundaFamily(root: XmlElement): boolean {
  return root.attributes.some(({ uri, value }) => uri === XMLNS && CAMUNDA_FAMILY.has(value));
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
