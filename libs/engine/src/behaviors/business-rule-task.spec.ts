import { describe, expect, it } from 'vitest';
import { play, process } from '../../testing/index.js';
import type { DecisionOutcome, DecisionPort, VariableScope } from '../ports.js';
import { EvaluationFailed } from '../ports.js';

/** Who approves: one row below 100, two from there. */
const decisions: DecisionPort = {
  evaluate(decisionId: string, _binding, scope: VariableScope): DecisionOutcome {
    if (decisionId !== 'approvers') throw new EvaluationFailed('decision-not-found', `There is no decision ${decisionId}.`);
    const amount = scope.get('amount') ?? null;
    const rows = Number(amount) < 100 ? [{ group: 'sales' }] : [{ group: 'sales' }, { group: 'finance' }];
    const value = rows.map(({ group }) => group);
    return {
      decisionId,
      value,
      rows,
      matches: [{ decisionId, inputs: { amount }, ruleIds: rows.map((_, index) => `rule${index + 1}`), value }],
    };
  },
};

describe('business rule task', () => {
  const route = (mapResult: 'value' | 'singleEntry' | 'singleResult' | 'collectEntries' | 'resultList') =>
    process('p').start().businessRuleTask('route', 'approvers', { mapResult, resultVariable: 'result' }).end();

  it('writes what the decision gave, and records which rules gave it', () => {
    const run = play(route('value'), { decisions }).start({ amount: 200 });

    expect(run.variables['result']).toEqual(['sales', 'finance']);
    expect(run.all('decisionEvaluated')).toMatchObject([
      { elementId: 'route', decisionId: 'approvers', matches: [{ ruleIds: ['rule1', 'rule2'] }] },
    ]);
  });

  it.each([
    ['singleEntry', 'sales'],
    ['singleResult', { group: 'sales' }],
    ['collectEntries', ['sales']],
    ['resultList', [{ group: 'sales' }]],
  ] as const)('gives Camunda’s view %s of the rows', (mapResult, expected) => {
    expect(play(route(mapResult), { decisions }).start({ amount: 5 }).variables['result']).toEqual(expected);
  });

  it('stops with an incident when several rows come where one is expected', () => {
    expect(play(route('singleEntry'), { decisions }).start({ amount: 200 }).incidents).toEqual(['expression-failed']);
  });

  it('stops with the decision’s own code', () => {
    const unknown = process('p').start().businessRuleTask('route', 'nobody').end();

    expect(play(unknown, { decisions }).start().incidents).toEqual(['decision-not-found']);
    expect(play(unknown).start().incidents).toEqual(['decision-not-found']);
  });
});
