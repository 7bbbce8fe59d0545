import { BPMN } from '../namespaces.js';
import type { XmlElement } from '../xml/tree.js';
import type { Reading } from './reading.js';

/** The id of a sequence flow: its own, else one it is given here. */
export function flowId(reading: Reading, flow: XmlElement): string {
  return flow.id ?? reading.derive(givenIds).get(flow) ?? '';
}

/**
 * Ids for the sequence flows that have none, counted in the order of the file: `sequenceFlow_1` …
 *
 * Nothing has to refer to a flow, so that files written by hand leave its id away. Source: BPMN 2.0.2, 8.3.1 (the id of
 * a base element is optional where nothing references it).
 */
export function givenIds(reading: Reading): ReadonlyMap<XmlElement, string> {
  const given = new Map<XmlElement, string>();
  let count = 0;
  for (const element of reading.root.walk()) {
    if (element.uri !== BPMN || element.local !== 'sequenceFlow' || element.id !== undefined) continue;
    let id: string;
    do id = `sequenceFlow_${++count}`;
    while (reading.find(id));
    given.set(element, id);
  }
  return given;
}
