/**
 * Durable steps beside two bare floors on the same server: five steps an instance, state durable after each, as ratios.
 *
 * node bench/durable.mjs [--concurrency 32] [--instances 4000] [--rounds 3] [--database-url URL] [--worker-arguments "--cpu-prof"] [--json]
 *
 * The product is measured by `baton bench durable`: the worker's own process and code, row-level security on, every history
 * checked afterwards. Without `--database-url` (an administrator's) a throwaway PostgreSQL with `fsync=on` and
 * `synchronous_commit=on` is started. Product and floors run interleaved A B A B, medians. The floor and the workflow are read
 * from BENCH_DIR (default `../shared/bench` beside the project). Needs a built project and Node 24.
 */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const bench = path.resolve(root, process.env.BENCH_DIR ?? '../shared/bench');
const cli = path.join(root, 'apps/cli/dist/bench/bench-durable.js');
const { values: args } = parseArgs({
  options: {
    concurrency: { type: 'string', default: '32' },
    instances: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '3' },
    'database-url': { type: 'string' },
    'worker-arguments': { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(args.rounds);
const instances = Number(args.instances);
const concurrency = Number(args.concurrency);

if (!fs.existsSync(path.join(bench, 'floor-durable.mjs'))) {
  console.log(`skipped: no floor-durable.mjs in ${path.relative(root, bench)}; set BENCH_DIR`);
  process.exit(0);
}
if (![cli, path.join(root, 'apps/worker/dist/main.js')].every((file) => fs.existsSync(file))) {
  console.error('not built: run npm run build first');
  process.exit(1);
}

/** The floor lies outside the project and finds its one package, pg, in ours. */
const resolver = `import{registerHooks}from'node:module';registerHooks({resolve:(s,c,n)=>n(s,s==='pg'?{...c,parentURL:${JSON.stringify(pathToFileURL(path.join(root, 'package.json')).href)}}:c)})`;

async function floor(variant, databaseUrl) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(resolver)}`,
    path.join(bench, 'floor-durable.mjs'),
    '--variant',
    variant,
    '--instances',
    String(instances),
    '--concurrency',
    String(concurrency),
    '--database-url',
    databaseUrl,
  ]);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

async function product(databaseUrl) {
  const { benchDurable } = await import(pathToFileURL(cli).href);
  const workerArguments = args['worker-arguments'].split(' ').filter(Boolean);
  return benchDurable({
    workflow: path.join(bench, 'workloads/D1.bpmn'),
    instances,
    concurrency,
    databaseUrl,
    redisUrl: process.env.REDIS_URL || undefined,
    workerArguments,
  });
}

/** A server of our own that waits for the disk, unless one is named. */
async function openServer() {
  if (args['database-url'] !== undefined) return { databaseUrl: args['database-url'], stop: async () => {} };
  const { TestCluster } = await import(pathToFileURL(path.join(root, 'libs/testing/dist/index.js')).href);
  const cluster = await TestCluster.start({ fsync: 'on', synchronous_commit: 'on' });
  return { databaseUrl: (await cluster.database()).superuserUrl, stop: () => cluster.stop() };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const measured = { group: [], step: [], baton: [] };
const server = await openServer();
try {
  for (let round = 0; round < rounds; round++) {
    measured.group.push(await floor('group', server.databaseUrl));
    measured.baton.push(await product(server.databaseUrl));
    measured.step.push(await floor('step', server.databaseUrl));
  }
} finally {
  await server.stop();
}

const results = Object.entries(measured).map(([name, runs]) => ({
  name,
  ...Object.fromEntries(
    ['stepsPerSecond', 'instancesPerSecond', 'p50Ms', 'p99Ms'].map((key) => [key, median(runs.map((run) => run[key]))]),
  ),
}));
const [groupFloor, stepFloor, baton] = results;
const ratios = { group: baton.stepsPerSecond / groupFloor.stepsPerSecond, step: baton.stepsPerSecond / stepFloor.stepsPerSecond };

if (args.json) console.log(JSON.stringify({ node: process.version, concurrency, instances, rounds, results, ratios }));
else {
  const cells = (texts) => texts.map((text, index) => (index === 0 ? text.padEnd(30) : text.padStart(13))).join('');
  console.log(
    `durable steps per second at concurrency ${concurrency}, ${instances} instances of five steps, medians of ${rounds} interleaved rounds, Node ${process.version}`,
  );
  console.log(cells(['', 'steps/s', 'instances/s', 'p50 ms', 'p99 ms', 'Baton is']));
  const names = { group: 'floor: group commit', step: 'floor: one commit per step', baton: 'Baton' };
  for (const { name, stepsPerSecond, instancesPerSecond, p50Ms, p99Ms } of results) {
    const share = name === 'baton' ? '' : `${(ratios[name] * 100).toFixed(1)} %`;
    const figures = [Math.round(stepsPerSecond), Math.round(instancesPerSecond)].map((figure) => figure.toLocaleString('en'));
    console.log(cells([names[name], ...figures, p50Ms.toFixed(1), p99Ms.toFixed(1), share]));
  }
  console.log(`every instance completed, every history folds to its stored state`);
}
