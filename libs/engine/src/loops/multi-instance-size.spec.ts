import { expect, it } from 'vitest';
import { forEach, play, process, times, tinyExpressions } from '../../testing/index.js';
import { compile } from '../compile.js';
import { newInstance } from '../new-instance.js';
import { step } from '../step.js';
import { ITEMS_MAX } from './multi-instance.js';

// Features: E-17, E-32
// Covers: loop / 100 000 items in bounded memory

/** Step through a number of items, as a worker does: portion by portion, keeping nothing but the state. */
function stepThrough(count: number): {
  readonly steps: number;
  readonly largestStep: number;
  readonly largestState: number;
  readonly status: string;
} {
  const model = process('p')
    .start()
    .subProcess('each', (inside) => inside.start('in').task('work').end('out'), { loop: times(count) })
    .end();
  const compiled = compile(model.build(), { expressions: tinyExpressions });
  const instance = newInstance();
  let largestStep = 0;
  let largestState = 0;
  let steps = 0;
  for (let command: 'start' | 'continue' | undefined = 'start'; command !== undefined; steps++) {
    const { events } = step(
      compiled,
      instance,
      command === 'start' ? { type: 'start', at: 0, variables: {} } : { type: 'continue', at: 0 },
    );
    largestStep = Math.max(largestStep, events.length);
    largestState = Math.max(largestState, JSON.stringify(instance).length);
    command = instance.ready.length > 0 ? 'continue' : undefined;
  }
  return { steps, largestStep, largestState, status: instance.status };
}

it('100 000 items pass in steps of bounded size, and the state does not grow with them', () => {
  const few = stepThrough(1_000);
  const many = stepThrough(ITEMS_MAX);

  expect(many.status).toBe('completed');
  expect(many.steps).toBeGreaterThan(100);
  expect(many.largestStep).toBeLessThan(10_000);
  expect(many.largestState).toBeLessThan(few.largestState * 2);
});

it('more items than that are refused with an incident', () => {
  const run = play(
    process('p')
      .start()
      .task('each', { loop: times('n') })
      .end(),
  ).start({ n: ITEMS_MAX + 1 });

  expect(run.incidents).toEqual(['multi-instance-limit']);
  expect(run.setVariables({ n: 1 }).resolve('each').status).toBe('completed');
});

it('items of a list pass in order, in portions', () => {
  const list = Array.from({ length: 250 }, (_, index) => index);
  const run = play(
    process('p')
      .start()
      .scriptTask('sum', '{ total: total + n }', { loop: forEach('list', 'n') })
      .end(),
  ).start({ list, total: 0 });

  expect(run.status).toBe('completed');
  expect(run.variables['total']).toBe((249 * 250) / 2);
});
