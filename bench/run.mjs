/**
 * npm run bench: the two figures that matter first, each beside its floor, as ratios.
 *
 * node bench/run.mjs [--rounds 3] [--workload W1] [--concurrency 32] [--instances 4000] [--json]
 *
 * Builds nothing. The floors and workloads are read from BENCH_DIR (default `../shared/bench` beside the project).
 */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const bench = path.resolve(root, process.env.BENCH_DIR ?? '../shared/bench');
const { values: args } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    workload: { type: 'string', default: 'W1' },
    concurrency: { type: 'string', default: '32' },
    instances: { type: 'string', default: '4000' },
    json: { type: 'boolean', default: false },
  },
});

if (!fs.existsSync(path.join(bench, 'floor-durable.mjs'))) {
  console.log(`skipped: no floors in ${path.relative(root, bench)}. They are not part of this repository; set BENCH_DIR.`);
  process.exit(0);
}
const unbuilt = ['libs/engine', 'libs/testing', 'apps/cli', 'apps/worker'].filter((name) => !fs.existsSync(path.join(root, name, 'dist')));
if (unbuilt.length > 0) {
  console.error(`not built: ${unbuilt.join(', ')}. Run npm run build first.`);
  process.exit(1);
}

/** The bundled Node 24, which production runs on, also where `npm` itself runs on an older one. */
const bundled = path.join(root, 'node_modules/.bin/node');
const node = fs.existsSync(bundled) ? bundled : process.execPath;

/** One of our benchmarks as a process of its own; it says what it measured as JSON on its last line. */
function measure(script, ...options) {
  return new Promise((done, fail) => {
    const child = spawn(node, [path.join(root, 'bench', script), ...options, '--rounds', args.rounds, '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.on('error', fail);
    child.on('close', (code) =>
      code === 0 ? done(JSON.parse(output.trim().split('\n').at(-1))) : fail(new Error(`${script} ended with ${code}`)),
    );
  });
}

const engine = await measure('engine.mjs', '--workloads', args.workload);
const durable = await measure('durable.mjs', '--concurrency', args.concurrency, '--instances', args.instances);

const [inMemory] = engine.results;
if (inMemory.notRun !== undefined) throw new Error(`${args.workload}${inMemory.notRun}`);
const [groupFloor, stepFloor, baton] = ['group', 'step', 'baton'].map((name) => durable.results.find((result) => result.name === name));
const rows = [
  { measure: `engine in memory, ${args.workload}, activations/s`, floor: inMemory.floorPerSecond, baton: inMemory.enginePerSecond },
  {
    measure: `durable steps/s at ${args.concurrency}, group-commit floor`,
    floor: groupFloor.stepsPerSecond,
    baton: baton.stepsPerSecond,
  },
  {
    measure: `durable steps/s at ${args.concurrency}, one-commit-per-step floor`,
    floor: stepFloor.stepsPerSecond,
    baton: baton.stepsPerSecond,
  },
].map((row) => ({ ...row, ratio: row.baton / row.floor }));

if (args.json) console.log(JSON.stringify({ node: durable.node, rounds: Number(args.rounds), rows }));
else {
  const cells = (texts) => texts.map((text, index) => (index === 0 ? text.padEnd(52) : text.padStart(14))).join('');
  console.log(`medians of ${args.rounds} interleaved rounds, Node ${durable.node}`);
  console.log(cells(['', 'floor', 'Baton', 'ratio']));
  for (const row of rows) {
    const figures = [row.floor, row.baton].map((figure) => Math.round(figure).toLocaleString('en'));
    console.log(cells([row.measure, ...figures, `${(row.ratio * 100).toFixed(1)} %`]));
  }
  console.log(`an instance from start to end: ${baton.p50Ms.toFixed(1)} ms at the median, ${baton.p99Ms.toFixed(1)} ms at p99`);
}
