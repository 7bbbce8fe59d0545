import { BPMN } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import type { Reading } from './reading.js';

const SUFFIX = 'EventDefinition';

/** The event definitions of an event: its own, and those it names elsewhere in the file. */
export function eventDefinitions(reading: Reading, event: XmlElement): XmlElement[] {
  const own = event.children.filter((child) => child.uri === BPMN && child.local.endsWith(SUFFIX));
  const named = event.all('eventDefinitionRef').flatMap((reference) => reading.find(reference.text) ?? []);
  return [...own, ...named];
}

/** `none`, `timer`, `message`, `error` …; `multiple` or `parallelMultiple` for several. */
export function trigger(reading: Reading, event: XmlElement): string {
  const definitions = eventDefinitions(reading, event);
  if (definitions.length > 1) return event.flag('parallelMultiple') === true ? 'parallelMultiple' : 'multiple';
  return definitions[0] ? triggerOf(definitions[0]) : 'none';
}

/** What one definition is about. */
export function triggerOf(definition: XmlElement): string {
  const name = definition.local.replace(SUFFIX, '');
  return name === 'compensate' ? 'compensation' : name;
}
