import { describe, expect, it } from 'vitest';
import { read } from './fixtures.js';
// Features: M-01

describe('a sequence flow without an id', () => {
  const nodes = '<startEvent id="s"/><task id="sequenceFlow_1"/><endEvent id="e"/>';
  const flows = '<sequenceFlow sourceRef="s" targetRef="sequenceFlow_1"/>\n<sequenceFlow sourceRef="sequenceFlow_1" targetRef="e"/>';

  it('is given one that nothing else in the file has', async () => {
    const { processes } = await read(nodes + flows);

    expect(processes[0]?.flows.map(({ id, source, target }) => `${id}: ${source} → ${target}`)).toEqual([
      'sequenceFlow_2: s → sequenceFlow_1',
      'sequenceFlow_3: sequenceFlow_1 → e',
    ]);
  });

  it('is found in the file by the id it was given', async () => {
    const { lines } = await read(nodes + flows);

    expect(lines.get('sequenceFlow_3')).toBe(2);
  });
});

describe('what repeats the flows', () => {
  it('may name one that is gone: that is only a warning', async () => {
    const { processes, issues } = await read(
      '<startEvent id="s"><outgoing>old</outgoing></startEvent><endEvent id="e"><incoming>f</incoming></endEvent><sequenceFlow id="f" sourceRef="s" targetRef="e"/>',
    );

    expect(processes[0]?.flows).toHaveLength(1);
    expect(issues).toMatchObject([{ severity: 'warning', code: 'bpmn-unresolved-reference', elementId: 's' }]);
  });
});
