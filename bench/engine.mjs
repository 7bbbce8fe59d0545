/**
 * The engine in memory beside the limit of the language: flow-node activations per second, as ratios.
 *
 * node bench/engine.mjs [--rounds 5] [--workloads W1,W2,…] [--json]
 *
 * Both run as child processes of their own, interleaved A B A B, medians. The engine runs twice: tasks that have nothing to do are
 * passed, as the floor passes them, and, beside it, each as a job that is answered with a command of its own. The floor and the
 * workloads are read from BENCH_DIR (default `../shared/bench` beside the project). Needs a built project and Node 24.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = path.resolve(fileURLToPath(import.meta.url), '../..');
const bench = path.resolve(root, process.env.BENCH_DIR ?? '../shared/bench');
const { values: args } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    workloads: { type: 'string', default: 'W1,W2,W3,W4,W5' },
    json: { type: 'boolean', default: false },
  },
});
/** Enough for about a second each on one slow core. */
const INSTANCES = { W1: [1_000_000, 150_000], W2: [50_000, 5_000], W3: [200_000, 20_000], W4: [300_000, 10_000], W5: [800_000, 50_000] };

if (!fs.existsSync(path.join(bench, 'floor-engine.mjs'))) {
  console.log(`skipped: no floor-engine.mjs in ${path.relative(root, bench)}; set BENCH_DIR`);
  process.exit(0);
}

/** The floor lies outside the project and finds its one package, saxes, in ours. */
const resolver = `import{registerHooks}from'node:module';registerHooks({resolve:(s,c,n)=>n(s,s==='saxes'?{...c,parentURL:${JSON.stringify(pathToFileURL(path.join(root, 'package.json')).href)}}:c)})`;

function measure(nodeArguments) {
  const output = execFileSync(process.execPath, nodeArguments, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trim().split('\n').at(-1));
}

const floor = (name, instances) =>
  measure([
    '--import',
    `data:text/javascript,${encodeURIComponent(resolver)}`,
    path.join(bench, 'floor-engine.mjs'),
    '--file',
    path.join(bench, 'workloads/js', `${name}.bpmn`),
    '--instances',
    String(instances),
  ]);
const engine = (name, instances, { node = [], jobs = false } = {}) =>
  measure([
    ...node,
    path.join(root, 'bench/engine-workload.mjs'),
    '--file',
    path.join(bench, 'workloads', `${name}.bpmn`),
    '--instances',
    String(instances),
    ...(jobs ? ['--jobs'] : []),
  ]);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const results = [];
for (const name of args.workloads.split(',')) {
  const [floorInstances, engineInstances] = INSTANCES[name] ?? [100_000, 10_000];
  const rounds = { floor: [], engine: [], jobs: [] };
  try {
    for (let round = 0; round < Number(args.rounds); round++) {
      rounds.floor.push(floor(name, floorInstances).elementsPerSecond);
      rounds.engine.push(engine(name, engineInstances).elementsPerSecond);
      rounds.jobs.push(engine(name, engineInstances, { jobs: true }).elementsPerSecond);
    }
    const [floorPerSecond, enginePerSecond, jobsPerSecond] = [rounds.floor, rounds.engine, rounds.jobs].map(median);
    results.push({
      workload: name,
      floorPerSecond,
      enginePerSecond,
      jobsPerSecond,
      ratio: enginePerSecond / floorPerSecond,
      rounds: rounds.engine.length,
    });
  } catch (error) {
    const why = /^\w*(?:Error|Refused|Invalid)\b: (.*)$/m.exec(String(error.stderr ?? error))?.[1] ?? 'failed';
    results.push({ workload: name, notRun: `   not run: ${why.slice(0, 160)}` });
  }
}
const { heapBytesPerInstance } = engine('M1-user', 2_000, { node: ['--expose-gc'] });

if (args.json) console.log(JSON.stringify({ node: process.version, results, heapBytesPerInstance }));
else {
  const million = (perSecond) => `${(perSecond / 1e6).toFixed(2)} M`.padStart(10);
  console.log(`flow-node activations per second, medians of ${args.rounds} interleaved rounds, Node ${process.version}`);
  console.log(`${'workload'.padEnd(10)}${'floor'.padStart(10)}${'engine'.padStart(10)}${'ratio'.padStart(10)}${'with jobs'.padStart(12)}`);
  for (const { workload, floorPerSecond, enginePerSecond, jobsPerSecond, ratio, notRun } of results) {
    const figures =
      notRun ??
      `${million(floorPerSecond)}${million(enginePerSecond)}${`${(ratio * 100).toFixed(1)} %`.padStart(10)}${million(jobsPerSecond).padStart(12)}`;
    console.log(`${workload.padEnd(10)}${figures}`);
  }
  console.log(`heap of an instance waiting at a user task: ${heapBytesPerInstance} bytes`);
}
