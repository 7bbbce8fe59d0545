import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decide, decisionInputs, parseDmn } from '../src/index.js';

const file = resolve(process.env['SUITES_DIR'] ?? '../shared/suites', 'invoice/invoiceBusinessDecisions.dmn');

describe.skipIf(!existsSync(file))('the invoice decisions (needs SUITES_DIR)', () => {
  it.each([
    ['Travel Expenses', 1200, ['accounting', 'sales']],
    ['Software License Costs', 1200, ['management']],
    ['Misc', 100, ['accounting', 'sales']],
    ['Misc', 500, ['management']],
    ['Misc', 5000, ['management']],
  ])('%s of %i are approved by %j', async (invoiceCategory, amount, groups) => {
    const model = await parseDmn(readFileSync(file, 'utf8'));
    const outcome = decide(model, 'invoice-assign-approver', { invoiceCategory, amount }, 0);

    expect(outcome.value).toEqual(groups);
    expect(outcome.rows).toEqual(groups.map((result) => ({ result })));
    expect(outcome.matches.map(({ decisionId }) => decisionId)).toEqual(['invoiceClassification', 'invoice-assign-approver']);
  });

  it('want an amount and a category', async () => {
    const model = await parseDmn(readFileSync(file, 'utf8'));

    expect(decisionInputs(model, 'invoice-assign-approver')).toEqual([
      { name: 'amount', type: 'number' },
      { name: 'invoiceCategory', type: 'string', allowedValues: ['Travel Expenses', 'Misc', 'Software License Costs'] },
    ]);
  });
});
