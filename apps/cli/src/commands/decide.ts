import { decide } from '@baton/decisions';
import { EvaluationFailed } from '@baton/engine';
import type { DecisionOutcome } from '@baton/engine';
import { Command } from 'commander';
import { invalid } from '../exit.js';
import { readProcessFile } from '../files/read-file.js';
import { parseVariables } from '../variables-option.js';

interface Options {
  readonly decision: string;
  readonly vars?: string;
  readonly json?: boolean;
}

export function command(): Command {
  return new Command('decide')
    .description('Make a decision of a DMN file. Dates, times and durations go in and come out as ISO 8601 text.')
    .argument('<file>', 'a DMN file')
    .requiredOption('--decision <id>', 'the id of the decision; of one without an id, its name')
    .option('--vars <json>', 'inputs, as JSON or @file')
    .option('--json', 'print {"result": …}')
    .addHelpText(
      'after',
      `\nExamples:\n  baton decide discount.dmn --decision discount --vars '{"total": 1200}'\n  baton decide discount.dmn --decision discount --vars @order.json --json`,
    )
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const variables = options.vars === undefined ? {} : parseVariables(options.vars);
  const read = await readProcessFile(file);
  if (read.format !== 'dmn') throw invalid('dmn-not-dmn', 'This is a process file; `baton run` runs it.', { file });
  const outcome = make();
  if (options.json) return console.log(JSON.stringify({ result: outcome.value }, null, 2));
  console.log(typeof outcome.value === 'string' ? outcome.value : JSON.stringify(outcome.value, null, 2));
  for (const { decisionName, decisionId, ruleIds } of outcome.matches) {
    if (ruleIds.length > 0)
      console.log(`  ${decisionName ?? decisionId}: by ${ruleIds.length === 1 ? 'rule' : 'rules'} ${ruleIds.join(', ')}`);
  }

  function make(): DecisionOutcome {
    if (read.format !== 'dmn') throw new TypeError('Expected a decision model.');
    try {
      return decide(read.model, options.decision, variables, Date.now());
    } catch (error) {
      if (error instanceof EvaluationFailed && error.code === 'decision-not-found') throw invalid(error.code, error.message, { file });
      throw error;
    }
  }
}
