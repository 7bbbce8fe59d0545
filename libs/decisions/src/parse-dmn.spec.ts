import { describe, expect, it } from 'vitest';
import { DmnInvalid, parseDmn } from './index.js';
import type { DmnProblem } from './index.js';

const wrap = (content: string) =>
  `<?xml version="1.0"?>\n<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="m" name="M" namespace="urn:m">\n${content}\n</definitions>`;
const literal = (id: string, text: string, more = '') =>
  `<decision id="${id}" name="${id}">${more}<literalExpression id="${id}_e"><text>${text}</text></literalExpression></decision>`;
const requires = (id: string) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`;

async function problemsOf(xml: string): Promise<readonly DmnProblem[]> {
  try {
    await parseDmn(xml);
  } catch (error) {
    if (error instanceof DmnInvalid) return error.problems;
    throw error;
  }
  return [];
}

describe('a DMN file that cannot be used', () => {
  it.each<[name: string, xml: string, problem: Partial<DmnProblem>]>([
    ['is not well formed', wrap('<decision id="d">'), { code: 'xml-malformed', line: 4 }],
    ['is empty', '', { code: 'xml-malformed' }],
    ['has a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x/>', { code: 'xml-dtd-forbidden', line: 1 }],
    ['is something else', '<svg xmlns="http://www.w3.org/2000/svg"/>', { code: 'dmn-not-dmn' }],
    ['is nested too deep', wrap('<a>'.repeat(60) + '</a>'.repeat(60)), { code: 'dmn-limit', line: 3 }],
    ['is too large', wrap(' '.repeat(2_100_000)), { code: 'payload-too-large' }],
    ['uses an id twice', wrap(literal('d', '1') + '\n' + literal('d', '2')), { code: 'dmn-duplicate-id', elementId: 'd', line: 4 }],
    [
      'requires what is not there',
      wrap(literal('d', '1', requires('gone'))),
      { code: 'dmn-unresolved-reference', elementId: 'd', line: 3 },
    ],
    ['requires itself', wrap(literal('a', '1', requires('b')) + literal('b', '1', requires('a'))), { code: 'dmn-cycle' }],
    ['has a wrong text', wrap(literal('d', '1 +\n * 2')), { code: 'feel-syntax', elementId: 'd_e', line: 4, column: 2 }],
  ])('%s', async (_name, xml, problem) => {
    expect(await problemsOf(xml)).toEqual([expect.objectContaining(problem)]);
  });

  it('lists every finding at once', async () => {
    expect((await problemsOf(wrap(literal('a', '1 +') + literal('b', "'x'")))).map(({ code }) => code)).toEqual([
      'feel-syntax',
      'feel-syntax',
    ]);
  });

  it('has a rule with too few cells', async () => {
    const table =
      '<decisionTable><input><inputExpression><text>x</text></inputExpression></input><output name="o"/><rule><outputEntry><text>1</text></outputEntry></rule></decisionTable>';

    expect(await problemsOf(wrap(`<decision id="d" name="d">${table}</decision>`))).toEqual([
      expect.objectContaining({ code: 'dmn-invalid', elementId: 'd' }),
    ]);
  });
});
