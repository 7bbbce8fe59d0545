import { describe, expect, it } from 'vitest';
import { feel, process, times, tinyExpressions } from '../../testing/index.js';
import type { ProcessBuilder } from '../../testing/index.js';
import { compile } from '../compile.js';
import type { Event } from '../event.js';
import { newInstance } from '../new-instance.js';
import { step } from '../step.js';

// Features: E-14, E-32
// Covers: service task / instant jobs

function run(builder: ProcessBuilder): { readonly events: readonly Event[]; readonly status: string } {
  const compiled = compile(builder.build(), { expressions: tinyExpressions, instantJobs: new Set(['noop']) });
  const { events, instance } = step(compiled, newInstance(), { type: 'start', at: 0, variables: { kind: 'noop', n: 1 } });
  return { events, status: instance.status };
}

const types = (events: readonly Event[]) => new Set(events.map(({ type }) => type));

describe('a job type that has nothing to do', () => {
  it('is passed without a job', () => {
    const { events, status } = run(process('p').start().serviceTask('work').end());

    expect(status).toBe('completed');
    expect(types(events)).toEqual(new Set(['instanceStarted', 'elementPassed', 'instanceCompleted']));
  });

  it('is passed in every instance of a loop', () => {
    const { events, status } = run(
      process('p')
        .start()
        .serviceTask('work', { loop: times(3) })
        .end(),
    );

    expect(status).toBe('completed');
    expect(events.filter((event) => event.type === 'elementPassed' && event.elementId === 'work')).toHaveLength(3);
    expect(types(events).has('jobCreated')).toBe(false);
  });

  it('is passed, too, where the task has a border, outputs or a choice on the way out', () => {
    const { events, status } = run(
      process('p')
        .start()
        .serviceTask('work', { inputs: { m: 'n' }, outputs: { k: 'm' } })
        .when('k = 1')
        .end()
        .from('work')
        .otherwise()
        .userTask('no')
        .end('e2')
        .boundaryTimer('late', 'work', 'PT1H')
        .end('e3'),
    );

    expect(status).toBe('completed');
    expect(types(events).has('jobCreated')).toBe(false);
  });

  it('is asked of a worker where its name is only known then', () => {
    expect(
      run(
        process('p')
          .start()
          .serviceTask('work', { jobType: feel('kind') })
          .end(),
      ).status,
    ).toBe('active');
  });
});
