import { Command, InvalidArgumentError } from 'commander';
import { loadDefinitions } from '../files/load-definitions.js';
import { invalid } from '../exit.js';
import { benchEngine } from '../run/bench-engine.js';

interface EngineOptions {
  readonly file: string;
  readonly instances: number;
  readonly json?: boolean;
}

export function command(): Command {
  const bench = new Command('bench')
    .description('Measure Baton.')
    .addHelpText('after', '\nExamples:\n  baton bench engine --file order.bpmn --instances 10000 --json');
  bench
    .command('engine')
    .description('Run instances of a process in memory: steps, state and events, without a database. Jobs are completed at once.')
    .requiredOption('--file <file>', 'a BPMN file')
    .option('--instances <number>', 'how many', count, 10_000)
    .option('--json', 'print exact JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  baton bench engine --file order.bpmn\n  baton bench engine --file order.bpmn --instances 100000 --json',
    )
    .action(engine);
  return bench;
}

async function engine({ file, instances, json }: EngineOptions): Promise<void> {
  const { own } = await loadDefinitions(file, []);
  const process = own.find(({ starts }) => starts.length > 0);
  if (!process) throw invalid('no-start-event', 'The file has no executable process with a plain start event.', { file });
  const result = benchEngine(process, instances);
  if (json) return console.log(JSON.stringify(result, null, 2));
  console.log(
    `${Math.round(result.elementsPerSecond).toLocaleString('en')} elements/s, ${Math.round(result.instancesPerSecond).toLocaleString('en')} instances/s`,
  );
  console.log(`${Math.round(result.heapBytesPerInstance).toLocaleString('en')} bytes of heap per instance`);
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('A whole number from 1 is expected.');
  return value;
}
