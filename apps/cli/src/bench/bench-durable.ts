import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Database, deploy, Doorbell, readFiles, startInstance } from '@baton/runtime';
import { loadDefinitions } from '../files/load-definitions.js';
import { invalid } from '../exit.js';
import { prepareBenchDatabase } from './bench-database.js';
import { startBenchWorker } from './bench-worker.js';
import { checkDurable } from './check-durable.js';
import { Completions } from './completions.js';

export interface DurableBenchOptions {
  /** A BPMN file whose process ends by itself: its jobs are of built-in handlers. */
  readonly workflow: string;
  readonly instances: number;
  /** Instances under way at the same time. */
  readonly concurrency: number;
  /** Of an administrator of the server. */
  readonly databaseUrl: string;
  /** The doorbell's; BullMQ's Postgres backend without. */
  readonly redisUrl?: string | undefined;
  /** For the worker's Node, for example `--cpu-prof`. */
  readonly workerArguments?: readonly string[] | undefined;
}

export interface DurableBench {
  readonly instancesPerSecond: number;
  /** Steps made durable a second; the one that an instance begins with is not counted. */
  readonly stepsPerSecond: number;
  /** From the start's transaction to the end being seen. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The API process has as many. */
const CONNECTIONS_MAX = 10;
/** Instances before the clock runs, so that code and connections are warm. */
const WARM_UP = 200;

/**
 * Run instances through a real worker process, started by the API's own operations, each measured from its start to its end.
 * Afterwards the database is held to it.
 *
 * @throws Error when the database does not say what was measured.
 */
export async function benchDurable(options: DurableBenchOptions): Promise<DurableBench> {
  const { instances, concurrency, redisUrl } = options;
  await loadDefinitions(options.workflow, []); // what is wrong in the file is told before a server is asked
  const prepared = await prepareBenchDatabase(options.databaseUrl);
  const { tenantId, appUrl } = prepared;
  const doorbell = new Doorbell({ url: appUrl, redisUrl });
  const database = new Database({ url: appUrl, poolSize: Math.min(CONNECTIONS_MAX, concurrency + 1), ring: () => doorbell.ring() });
  const completions = new Completions(database, tenantId, appUrl);
  try {
    const processDefinitionId = await deployWorkflow(database, tenantId, options.workflow);
    const worker = await startBenchWorker(prepared, { redisUrl, nodeArguments: options.workerArguments });
    try {
      const runOne = async (): Promise<void> => {
        const { id } = await database.withTenant(tenantId, (tx) => startInstance(tx, { processDefinitionId }));
        await completions.ended(id);
      };
      const warmUp = Math.max(WARM_UP, concurrency);
      await runMany(runOne, warmUp, concurrency);
      const { seconds, latencies } = await runMany(runOne, instances, concurrency);
      const check = await checkDurable(prepared, warmUp + instances);
      const stepsPerInstance = check.steps / check.instances - 1;
      return {
        instancesPerSecond: instances / seconds,
        stepsPerSecond: (instances * stepsPerInstance) / seconds,
        p50Ms: at(latencies, 0.5),
        p99Ms: at(latencies, 0.99),
      };
    } finally {
      await worker.stop();
    }
  } finally {
    await completions.close();
    await doorbell.close();
    await database.close();
    await prepared.close();
  }
}

async function deployWorkflow(database: Database, tenantId: string, file: string): Promise<string> {
  const content = readFileSync(file);
  const read = await readFiles([{ name: basename(file), content }]);
  const { processDefinitions } = await database.withTenant(tenantId, (tx) => deploy(tx, { read }));
  const definition = processDefinitions.find(({ startable }) => startable);
  if (!definition) throw invalid('no-start-event', 'The file has no executable process with a plain start event.', { file });
  return definition.id;
}

async function runMany(
  runOne: () => Promise<void>,
  total: number,
  concurrency: number,
): Promise<{ readonly seconds: number; readonly latencies: readonly number[] }> {
  const latencies: number[] = [];
  const from = performance.now();
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next++ < total) {
      const started = performance.now();
      await runOne();
      latencies.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, total) }, lane));
  return { seconds: (performance.now() - from) / 1000, latencies: latencies.sort((a, b) => a - b) };
}

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
