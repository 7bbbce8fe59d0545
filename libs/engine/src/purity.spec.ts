import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { play, process } from '../testing/index.js';

// Features: E-24

const forbidden = (what: string) => () => {
  throw new Error(`The engine asked for ${what}.`);
};

beforeEach(() => {
  vi.stubGlobal(
    'Date',
    class {
      static now = forbidden('the time');
      static parse = forbidden('a date');
      static UTC = forbidden('a date');
      constructor() {
        forbidden('a date')();
      }
    },
  );
  vi.spyOn(Math, 'random').mockImplementation(forbidden('chance'));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('runs where there is neither clock nor chance', () => {
  const model = process('p')
    .start()
    .subProcess('sub', (inside) =>
      inside.start('in').userTask('ask').timerCatch('wait', '2026-05-01T09:00:00[Europe/Berlin]', 'date').end('out'),
    )
    .serviceTask('work')
    .end()
    .boundaryTimer('nag', 'sub', 'R3/P1M', { interrupting: false, kind: 'cycle' })
    .task('note')
    .end('e2');
  const run = play(model).start({ a: 1 });

  run.fire('nag').complete('ask').fire('wait').complete('work');
  expect(run.status).toBe('completed');
  expect(() => Date.now()).toThrowError('asked for the time');
});
