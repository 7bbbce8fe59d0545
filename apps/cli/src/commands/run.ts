import type { Process } from '@baton/engine';
import { Command, Option } from 'commander';
import { Exit, invalid } from '../exit.js';
import { nobodyCalls } from '../files/calls.js';
import { loadDefinitions } from '../files/load-definitions.js';
import { readMessages } from '../run/messages.js';
import { summary, traceLine } from '../run/print-run.js';
import { runProcesses } from '../run/run-processes.js';
import { parseVariables } from '../variables-option.js';

interface Options {
  readonly process: readonly string[];
  readonly vars?: string;
  readonly messages?: string;
  readonly completeUserTasks?: boolean;
  readonly timers?: 'skip';
  readonly mockServiceTasks?: boolean;
  readonly watch?: boolean;
  readonly json?: boolean;
}

export function command(): Command {
  return new Command('run')
    .description('Run a process file in memory, on a virtual clock: the engine exactly as the worker runs it.')
    .argument('<file>', 'a BPMN file; what it calls is looked for in the files beside it')
    .option(
      '--process <id>',
      'the process to start (may be repeated; default: the only executable one)',
      (id: string, ids: readonly string[]) => [...ids, id],
      [],
    )
    .option('--vars <json>', 'variables to start with, as JSON or @file')
    .option('--messages <file>', 'a JSON list of messages and signals, delivered in order, one at each standstill')
    .option('--complete-user-tasks', 'complete every user task, without variables')
    .addOption(new Option('--timers <what>', 'skip: when nothing else can happen, the clock jumps to the next timer').choices(['skip']))
    .option('--mock-service-tasks', 'complete every job at once, without output')
    .option('--watch', 'print the trace as it happens')
    .option('--json', 'print exact JSON')
    .addHelpText(
      'after',
      `
Examples:
  baton run order.bpmn
  baton run order.bpmn --vars '{"amount": 1200}' --complete-user-tasks --json
  baton run order.bpmn --vars @order.json --timers skip --watch
  baton run order.bpmn --messages messages.json --mock-service-tasks

A message: {"type": "message", "name": "Payment received", "variables": {"paid": true}, "correlationKey": "order-7"}
A signal:  {"type": "signal", "name": "Closing time", "variables": {}}
Exit codes: 0 completed or waiting, 1 failed, 2 invalid input.`,
    )
    .action(run);
}

async function run(file: string, options: Options): Promise<void> {
  const variables = options.vars === undefined ? {} : parseVariables(options.vars);
  const messages = options.messages === undefined ? [] : readMessages(options.messages);
  const { own, called } = await loadDefinitions(file, options.process);
  const started = choose(own, options.process, file);
  const say = options.json ? (line: string) => console.error(line) : (line: string) => console.log(line);

  const result = await runProcesses({
    started,
    others: [...called, ...own.filter((process) => !started.includes(process))],
    variables,
    messages,
    completeUserTasks: options.completeUserTasks ?? false,
    skipTimers: options.timers === 'skip',
    mockServiceTasks: options.mockServiceTasks ?? false,
    ...(options.watch && { onTrace: (line) => say(traceLine(line)) }),
  });

  if (options.json) console.log(JSON.stringify(result, null, 2));
  else {
    if (!options.watch) for (const line of result.trace) console.log(traceLine(line));
    console.log(summary(result));
  }
  if (result.state === 'failed') throw new Exit(1);
}

/** The named ones, in the order they were named; else the only one there is to start that no other calls. */
function choose(own: readonly Process[], ids: readonly string[], file: string): readonly Process[] {
  if (ids.length > 0) return ids.flatMap((id) => own.find((process) => process.id === id) ?? []);
  if (own.length <= 1) {
    if (own.length === 0)
      throw invalid('no-executable-process', 'No process of the file is executable. Name one with --process.', { file });
    return own;
  }
  const startable = own.filter(({ starts }) => starts.length > 0);
  if (startable.length === 1) return startable;
  const models = own.map(({ model }) => model);
  const outermost = startable.filter(({ model }) => nobodyCalls(model, models));
  if (outermost.length === 1) return outermost;
  throw invalid(
    'process-ambiguous',
    `The file has several executable processes: ${own.map(({ id }) => id).join(', ')}. Name one with --process.`,
    { file },
  );
}
