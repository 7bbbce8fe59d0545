import { Command, InvalidArgumentError } from 'commander';
import { loadDefinitions } from '../files/load-definitions.js';
import { invalid } from '../exit.js';
import { benchEngine } from '../run/bench-engine.js';

interface DurableOptions {
  readonly workflow: string;
  readonly instances: number;
  readonly concurrency: number;
  readonly databaseUrl: string;
  readonly json?: boolean;
}

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
    .description(
      'Run instances of a process in memory: steps, state and events, without a database. Tasks of job type "noop" have nothing to do and are passed; other jobs are completed at once.',
    )
    .requiredOption('--file <file>', 'a BPMN file')
    .option('--instances <number>', 'how many', count, 10_000)
    .option('--json', 'print exact JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  baton bench engine --file order.bpmn\n  baton bench engine --file order.bpmn --instances 100000 --json',
    )
    .action(engine);
  bench
    .command('durable')
    .description('Run instances through a worker process on a PostgreSQL server, state durable after each step, and check every history.')
    .requiredOption('--workflow <file>', 'a BPMN file whose process ends by itself')
    .option('--instances <number>', 'how many', count, 2_000)
    .option('--concurrency <number>', 'how many at the same time', count, 32)
    .requiredOption(
      '--database-url <url>',
      'an administrator of the server: the database is migrated, and keeps the rows in a tenant of their own',
    )
    .option('--json', 'print exact JSON')
    .addHelpText(
      'after',
      "\nREDIS_URL names the doorbell's Redis; without, it is in PostgreSQL.\n\nExamples:\n  baton bench durable --workflow order.bpmn --instances 5000 --concurrency 32 --database-url postgres://postgres@localhost/bench --json",
    )
    .action(durable);
  return bench;
}

async function durable({ json, ...options }: DurableOptions): Promise<void> {
  // Loaded here: it brings the whole runtime, which nothing else of this command needs.
  const { benchDurable } = await import('../bench/bench-durable.js');
  const figures = await benchDurable({ ...options, redisUrl: process.env['REDIS_URL'] || undefined });
  const result = {
    instancesPerSecond: Math.round(figures.instancesPerSecond),
    stepsPerSecond: Math.round(figures.stepsPerSecond),
    p50Ms: Number(figures.p50Ms.toFixed(2)),
    p99Ms: Number(figures.p99Ms.toFixed(2)),
  };
  if (json) return console.log(JSON.stringify(result, null, 2));
  console.log(`${result.stepsPerSecond.toLocaleString('en')} steps/s, ${result.instancesPerSecond.toLocaleString('en')} instances/s`);
  console.log(`${result.p50Ms} ms from start to end at the median, ${result.p99Ms} ms at p99`);
}

async function engine({ file, instances, json }: EngineOptions): Promise<void> {
  const { own } = await loadDefinitions(file, [], new Set(['noop']));
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
