import { BpmnModdle } from 'bpmn-moddle';
import { describe, expect, it } from 'vitest';
import { readBpmn } from '../src/index.js';
import { suiteFiles } from './files.js';

// Features: M-01

const files = suiteFiles('miwg', '.bpmn');

/** What the reference reader of bpmn.io sees, walked over everything it parsed. */
async function moddleIds(bytes: Uint8Array): Promise<{ flowNodes: Set<string>; shapes: Set<string>; edges: Set<string> }> {
  const { elementsById } = await new BpmnModdle().fromXML(new TextDecoder('latin1').decode(bytes));
  const seen = { flowNodes: new Set<string>(), shapes: new Set<string>(), edges: new Set<string>() };
  for (const element of Object.values(elementsById)) {
    if (element.$instanceOf('bpmn:FlowNode') && element.id) seen.flowNodes.add(element.id);
    const shown: unknown = element['bpmnElement'];
    if (!isIdentified(shown)) continue;
    if (element.$type === 'bpmndi:BPMNShape') seen.shapes.add(shown.id);
    if (element.$type === 'bpmndi:BPMNEdge') seen.edges.add(shown.id);
  }
  return seen;
}

const isIdentified = (value: unknown): value is { id: string } =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/** Models of the BPMN Model Interchange Working Group. */
describe.skipIf(files.length === 0)('MIWG reference models (needs SUITES_DIR)', () => {
  it.each(files)('$name is read and drawn, complete against bpmn-moddle', async ({ name, bytes }) => {
    const { diagram, summary, processes, issues } = await readBpmn(bytes, { fileName: name });
    const expected = await moddleIds(bytes);

    expect(diagram.shapes.length).toBeGreaterThan(0);
    expect(new Set(diagram.shapes.map(({ elementId }) => elementId))).toEqual(expected.shapes);
    expect(new Set(diagram.edges.map(({ elementId }) => elementId))).toEqual(expected.edges);
    expect(summary.reduce((sum, { elements }) => sum + elements, 0)).toBe(expected.flowNodes.size);
    // Whatever is not in the model is in the issues, by name.
    const known = new Set([
      ...processes.flatMap(({ elements }) => elements.map(({ id }) => id)),
      ...issues.map(({ elementId }) => elementId),
    ]);
    expect([...expected.flowNodes].filter((id) => !known.has(id))).toEqual([]);
  });

  it('has all 21 of them', () => {
    expect(files.length).toBe(21);
  });
});
