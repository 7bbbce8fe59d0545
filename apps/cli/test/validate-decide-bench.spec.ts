import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baton, bpmn, folderWith, invoice, jsonOf, sequence } from './baton.js';

const dmn = (content: string) =>
  `<?xml version="1.0"?>\n<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="M" namespace="urn:m">\n${content}\n</definitions>`;

const file = folderWith({
  'order.bpmn': bpmn(sequence('order', ['pick', '<userTask id="pick"/>'])),
  'due.dmn': dmn('<decision name="Due"><literalExpression><text>date(ordered) + duration("P14D")</text></literalExpression></decision>'),
  'cycle.dmn': dmn('<decision id="a" name="a"><informationRequirement><requiredDecision href="#a"/></informationRequirement></decision>'),
});

describe('validate', () => {
  it('counts flow nodes', async () => {
    const ran = await baton(['validate', file('order.bpmn'), '--json']);

    expect(ran.exitCode).toBe(0);
    expect(jsonOf(ran)).toEqual({ valid: true, processes: [{ id: 'order', name: '', executable: true, elements: 3 }], issues: [] });
  });

  it('checks decision files', async () => {
    expect((await baton(['validate', file('due.dmn')])).stdout).toMatch(/due\.dmn: valid/);
    const { exitCode, stderr } = await baton(['validate', file('cycle.dmn')]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/cycle\.dmn:3: a: .*a → a.*\(dmn-cycle\)/);
  });
});

describe('decide', () => {
  it('finds a decision without an id by its name, and gives dates as text', async () => {
    const ran = await baton(['decide', file('due.dmn'), '--decision', 'Due', '--vars', '{"ordered": "2026-02-20"}', '--json']);

    expect(jsonOf(ran)).toEqual({ result: '2026-03-06' });
  });

  it('says which decisions there are', async () => {
    const { exitCode, stderr } = await baton(['decide', file('due.dmn'), '--decision', 'Done', '--json']);

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/no decision "Done". Known: Due/);
  });

  it.skipIf(invoice === null)('names the approvers of an invoice (needs SUITES_DIR)', async () => {
    const args = ['decide', join(invoice ?? '', 'invoiceBusinessDecisions.dmn'), '--decision', 'invoice-assign-approver', '--vars'];

    expect(jsonOf(await baton([...args, '{"amount":1200,"invoiceCategory":"Travel Expenses"}', '--json']))).toEqual({
      result: ['accounting', 'sales'],
    });
    expect(jsonOf(await baton([...args, '{"amount":1200,"invoiceCategory":"Software License Costs"}', '--json']))).toEqual({
      result: ['management'],
    });
  });
});

describe('bench engine', () => {
  it('measures', async () => {
    const result = jsonOf<Record<string, number>>(
      await baton(['bench', 'engine', '--file', file('order.bpmn'), '--instances', '200', '--json']),
    );

    expect(Object.keys(result)).toEqual(['elementsPerSecond', 'instancesPerSecond', 'heapBytesPerInstance']);
    expect(result['elementsPerSecond'] ?? 0).toBeGreaterThan(1000);
    expect((result['elementsPerSecond'] ?? 0) / (result['instancesPerSecond'] ?? 1)).toBeCloseTo(3);
    expect(result['heapBytesPerInstance'] ?? 0).toBeGreaterThan(100);
  });
});
