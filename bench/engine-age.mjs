/**
 * What a step costs as an instance grows old: node bench/engine-age.mjs
 *
 * One instance goes round a loop with a user task. The same number of rounds is timed when it is young and when it has
 * completed many elements; another instance does the same beside a thousand waiting branches.
 */
import { compile, newInstance, step } from '@baton/engine';
import { expressions } from '@baton/expressions';

const ROUNDS = 20_000;
const literal = (text) => ({ language: 'feel', text });

function definition(branches) {
  const elements = [
    { kind: 'startEvent', id: 'start', event: { type: 'none' } },
    { kind: 'parallelGateway', id: 'fork' },
    { kind: 'exclusiveGateway', id: 'again' },
    { kind: 'userTask', id: 'ask' },
    { kind: 'scriptTask', id: 'count', work: { kind: 'expression', expression: literal('{ n: n + 1 }') } },
    ...Array.from({ length: branches }, (_, index) => ({ kind: 'userTask', id: `wait${index}` })),
  ];
  const flows = [
    ['start', 'fork'],
    ['fork', 'again'],
    ['again', 'ask'],
    ['ask', 'count'],
    ['count', 'again'],
    ...Array.from({ length: branches }, (_, index) => ['fork', `wait${index}`]),
  ].map(([source, target]) => ({ id: `${source}-${target}`, source, target }));
  return compile({ id: 'age', executable: true, elements, flows }, { expressions });
}

function microsecondsPerStep(process, instance) {
  const from = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    const { key } = instance.elements.findLast(({ elementId }) => elementId === 'ask');
    step(process, instance, { type: 'completeUserTask', at: 0, key, variables: {} });
  }
  return ((performance.now() - from) * 1000) / ROUNDS;
}

for (const branches of [0, 1_000]) {
  const process = definition(branches);
  const instance = newInstance();
  step(process, instance, { type: 'start', at: 0, variables: { n: 0 } });
  while (instance.ready.length > 0) step(process, instance, { type: 'continue', at: 0 });
  microsecondsPerStep(process, instance); // warm
  for (const age of [1, 5, 20]) {
    while (instance.sequence < age * 100_000) microsecondsPerStep(process, instance);
    const cost = microsecondsPerStep(process, instance).toFixed(2);
    console.log(`${branches} branches waiting, ${instance.sequence} events old: ${cost} µs a step`);
  }
}
