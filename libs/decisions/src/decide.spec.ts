import { EvaluationFailed } from '@baton/engine';
import type { Json, Variables } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { decide, decisionInputs, decisionPort, parseDmn } from './index.js';

// Features: M-12

const NOW = Date.parse('2026-03-01T09:00:00Z');

/** A table over `x`: one rule per line, `test → output, output …`. */
function table(
  hitPolicy: string,
  rules: readonly string[],
  { outputs = ['out'], values = '', fallback = '', aggregation = '' } = {},
): string {
  const columns = outputs
    .map(
      (name, index) =>
        `<output name="${name}">${values && index === 0 ? `<outputValues><text>${values}</text></outputValues>` : ''}${
          fallback ? `<defaultOutputEntry><text>${fallback}</text></defaultOutputEntry>` : ''
        }</output>`,
    )
    .join('');
  const rows = rules.map((rule, index) => {
    const [test = '', result = ''] = rule.split(' → ');
    const cells = result.split(', ').map((text) => `<outputEntry><text>${text}</text></outputEntry>`);
    return `<rule id="r${index + 1}"><inputEntry><text>${test.replaceAll('<', '&lt;')}</text></inputEntry>${cells.join('')}</rule>`;
  });
  return model(`<decision id="d" name="D"><decisionTable hitPolicy="${hitPolicy}"${aggregation && ` aggregation="${aggregation}"`}>
    <input label="X"><inputExpression typeRef="number"><text>x</text></inputExpression></input>${columns}${rows.join('')}
  </decisionTable></decision>`);
}

function model(content: string, namespace = 'https://www.omg.org/spec/DMN/20191111/MODEL/'): string {
  return `<?xml version="1.0"?>\n<definitions xmlns="${namespace}" id="m" name="M" namespace="urn:m">\n${content}\n</definitions>`;
}

async function valueOf(xml: string, variables: Variables): Promise<Json> {
  return decide(await parseDmn(xml), 'd', variables, NOW).value;
}

describe('hit policies', () => {
  const rules = ['< 10 → "low"', '< 20 → "middle"', '< 20 → "second"'];
  const numbers = ['< 10 → 1', '< 20 → 5', '< 30 → 3'];
  const order = { values: '"second","middle","low"' };

  it.each<[string, string, Json, Json]>([
    ['UNIQUE', table('UNIQUE', ['< 10 → 1', '>= 10 → 2']), 15, 2],
    ['UNIQUE without a match', table('UNIQUE', ['< 10 → 1']), 15, null],
    ['UNIQUE with a default', table('UNIQUE', ['< 10 → 1'], { fallback: '7' }), 15, 7],
    ['ANY', table('ANY', ['< 10 → 1', '< 20 → 1']), 5, 1],
    ['FIRST', table('FIRST', rules), 5, 'low'],
    ['PRIORITY', table('PRIORITY', rules, order), 5, 'second'],
    ['RULE ORDER', table('RULE ORDER', rules), 15, ['middle', 'second']],
    ['OUTPUT ORDER', table('OUTPUT ORDER', rules, order), 5, ['second', 'middle', 'low']],
    ['COLLECT', table('COLLECT', rules), 5, ['low', 'middle', 'second']],
    ['COLLECT without a match', table('COLLECT', rules), 50, []],
    ['COLLECT +', table('COLLECT', numbers, { aggregation: 'SUM' }), 5, 9],
    ['COLLECT <', table('COLLECT', numbers, { aggregation: 'MIN' }), 15, 3],
    ['COLLECT >', table('COLLECT', numbers, { aggregation: 'MAX' }), 15, 5],
    ['COLLECT #', table('COLLECT', numbers, { aggregation: 'COUNT' }), 25, 1],
    ['COLLECT # without a match', table('COLLECT', numbers, { aggregation: 'COUNT' }), 99, 0],
    ['several outputs', table('UNIQUE', ['- → 1, "a"'], { outputs: ['p', 'q'] }), 5, { p: 1, q: 'a' }],
    ['a missing input', table('UNIQUE', ['< 10 → 1']), null, null],
  ])('%s', async (_name, xml, x, expected) => {
    expect(await valueOf(xml, { x })).toEqual(expected);
  });

  it.each([
    ['UNIQUE', table('UNIQUE', ['< 10 → 1', '< 20 → 2'])],
    ['ANY', table('ANY', ['< 10 → 1', '< 20 → 2'])],
    ['COLLECT SUM of texts', table('COLLECT', ['- → "a"'], { aggregation: 'SUM' })],
  ])('%s violated is a failure that names the rules', async (_name, xml) => {
    const parsed = await parseDmn(xml);
    const failure = failureOf(() => decide(parsed, 'd', { x: 5 }, NOW));

    expect(failure.code).toBe('dmn-hit-policy');
    expect(failure.message).toMatch(/rules 1/i);
  });
});

describe('a decision', () => {
  it('says which rules gave it and what they saw', async () => {
    const outcome = decide(await parseDmn(table('COLLECT', ['< 10 → 1', '< 20 → 2'])), 'd', { x: 5 }, NOW);

    expect(outcome.rows).toEqual([{ out: 1 }, { out: 2 }]);
    expect(outcome.matches).toEqual([{ decisionId: 'd', decisionName: 'D', inputs: { X: 5 }, ruleIds: ['r1', 'r2'], value: [1, 2] }]);
  });

  it('makes what it requires first, once', async () => {
    const literal = (id: string, text: string, requires: readonly string[] = []) =>
      `<decision id="${id}" name="${id}"><variable name="${id}"/>${requires
        .map((other) => `<informationRequirement><requiredDecision href="#${other}"/></informationRequirement>`)
        .join('')}<literalExpression><text>${text}</text></literalExpression></decision>`;
    const xml = model(
      literal('d', 'a + b', ['a', 'b']) +
        literal('a', 'base * 2', ['base']) +
        literal('b', 'base * 3', ['base']) +
        literal('base', 'x + 1'),
    );
    const outcome = decide(await parseDmn(xml), 'd', { x: 1 }, NOW);

    expect(outcome.value).toBe(10);
    expect(outcome.matches.map(({ decisionId }) => decisionId)).toEqual(['base', 'a', 'b', 'd']);
  });

  it('types its inputs by the model and gives text back', async () => {
    const xml = model(`<inputData id="i" name="Order Date"><variable name="Order Date" typeRef="date"/></inputData>
      <decision id="d" name="Due"><variable name="Due" typeRef="date"/><informationRequirement><requiredInput href="#i"/></informationRequirement>
      <literalExpression><text>Order Date + duration("P14D")</text></literalExpression></decision>`);

    expect(await valueOf(xml, { 'Order Date': '2026-02-20' })).toBe('2026-03-06');
    expect(decisionInputs(await parseDmn(xml), 'd')).toEqual([{ name: 'Order Date', type: 'date' }]);
  });

  it('takes its time from the caller', async () => {
    expect(
      await valueOf(model('<decision id="d" name="D"><literalExpression><text>today()</text></literalExpression></decision>'), {}),
    ).toBe('2026-03-01');
  });

  it.each([
    'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
    'http://www.omg.org/spec/DMN/20180521/MODEL/',
    'https://www.omg.org/spec/DMN/20191111/MODEL/',
    'https://www.omg.org/spec/DMN/20211108/MODEL/',
    'https://www.omg.org/spec/DMN/20230324/MODEL/',
  ])('is read from every version of DMN: %s', async (namespace) => {
    expect(
      await valueOf(model('<decision id="d" name="D"><literalExpression><text>1 + 1</text></literalExpression></decision>', namespace), {}),
    ).toBe(2);
  });

  it('is plain JSON as a model', async () => {
    const parsed = await parseDmn(table('FIRST', ['< 10 → 1']));

    expect(decide(JSON.parse(JSON.stringify(parsed)) as typeof parsed, 'd', { x: 1 }, NOW).value).toBe(1);
  });

  it('not found says what there is', async () => {
    const port = decisionPort([await parseDmn(table('FIRST', ['- → 1']))]);
    const scope = { get: () => undefined, names: () => [], now: NOW };

    expect(port.evaluate('d', { type: 'latest' }, scope).value).toBe(1);
    expect(failureOf(() => port.evaluate('e', { type: 'latest' }, scope))).toMatchObject({ code: 'decision-not-found' });
    expect(failureOf(() => port.evaluate('constructor', { type: 'latest' }, scope))).toMatchObject({ code: 'decision-not-found' });
  });
});

function failureOf(run: () => unknown): EvaluationFailed {
  try {
    run();
  } catch (error) {
    if (error instanceof EvaluationFailed) return error;
    throw error;
  }
  throw new Error('Expected the evaluation to fail.');
}
