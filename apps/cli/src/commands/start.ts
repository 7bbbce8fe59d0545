import { Command, InvalidArgumentError } from 'commander';
import { call } from '../server/client.js';
import { parseVariables } from '../variables-option.js';

interface Options {
  readonly vars?: string;
  readonly businessKey?: string;
  readonly wait?: number;
  readonly json?: boolean;
}

export function command(): Command {
  return new Command('start')
    .description('Start an instance of the latest version of a process.')
    .argument('<key>', 'the id of the process')
    .option('--vars <json>', 'variables to start with, as JSON or @file')
    .option('--business-key <text>', 'your own reference for the instance')
    .option('--wait <seconds>', 'wait until the first step was made (at most 10)', seconds)
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `\nExamples:\n  baton start order --vars '{"amount": 1200}'\n  baton start order --vars @order.json --business-key order-7 --wait 5 --json`,
    )
    .action(start);
}

async function start(processId: string, options: Options): Promise<void> {
  const variables = options.vars === undefined ? {} : parseVariables(options.vars);
  const request = {
    processId,
    variables: structuredClone(variables) as Record<string, never>,
    ...(options.businessKey !== undefined && { businessKey: options.businessKey }),
  };
  const started = await call((baton) => baton.start(request, options.wait === undefined ? {} : { waitSeconds: options.wait }));
  console.log(options.json ? JSON.stringify(started, null, 2) : `Started ${started.id} (${started.state})`);
}

function seconds(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > 10) throw new InvalidArgumentError('A whole number from 1 to 10 is expected.');
  return value;
}
