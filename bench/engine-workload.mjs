/**
 * Runs one workload in memory, as often as asked, with the engine as it is built:
 * node bench/engine-workload.mjs --file workloads/W1.bpmn --instances N [--jobs]  →  one JSON line, like the floor's.
 *
 * Every step gives its full events. A task of job type `noop` has nothing to do and is passed, as the floor does. With `--jobs` it is
 * a job like any other, answered at once by a `completeJob` command, the oldest first, as a built-in handler's result comes back to
 * the worker: a step for each.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readBpmn } from '@baton/bpml';
import { compile, newInstance, step } from '@baton/engine';
import { expressions } from '@baton/expressions';

const { values: args } = parseArgs({
  options: { file: { type: 'string' }, instances: { type: 'string', default: '10000' }, jobs: { type: 'boolean', default: false } },
});
const name = path.basename(args.file, '.bpmn');
const { elements } = JSON.parse(fs.readFileSync(path.join(path.dirname(args.file), 'workloads.json'), 'utf8'))[name];
const instances = Number(args.instances);

const { processes, issues } = await readBpmn(fs.readFileSync(args.file, 'utf8'), { fileName: path.basename(args.file) });
const unsupported = issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
if (unsupported.length > 0) throw new Error(unsupported.join(' '));
const definition = compile(processes[0], args.jobs ? { expressions } : { expressions, instantJobs: new Set(['noop']) });

const AT = 1_772_355_600_000;
const jobs = [];

function advance(instance, command) {
  const { events } = step(definition, instance, command);
  for (const event of events) if (event.type === 'jobCreated') jobs.push(event.key);
  if (events.at(-1).type === 'stepYielded') advance(instance, { type: 'continue', at: AT });
}

function run() {
  const instance = newInstance();
  jobs.length = 0;
  advance(instance, { type: 'start', at: AT, variables: {} });
  for (let next = 0; next < jobs.length; next++) advance(instance, { type: 'completeJob', at: AT, key: jobs[next], variables: {} });
  return instance;
}

const first = run();
if (first.status !== 'completed' && !name.startsWith('M1')) throw new Error(`${name} did not complete: ${JSON.stringify(first.incidents)}`);
const warm = performance.now() + 500; // until what is hot is compiled
for (let k = 0; k < instances / 5 || performance.now() < warm; k++) run();
const from = performance.now();
for (let k = 0; k < instances; k++) run();
const seconds = (performance.now() - from) / 1000;
const result = {
  workload: name,
  instances,
  instancesPerSecond: Math.round(instances / seconds),
  elementsPerSecond: Math.round((instances * elements) / seconds),
};

if (globalThis.gc !== undefined) {
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  const waiting = Array.from({ length: 10_000 }, run);
  globalThis.gc();
  result.heapBytesPerInstance = Math.round((process.memoryUsage().heapUsed - before) / waiting.length);
}
console.log(JSON.stringify(result));
