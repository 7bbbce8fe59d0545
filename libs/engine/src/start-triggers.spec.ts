import { expect, it } from 'vitest';
import { process, tinyExpressions } from '../testing/index.js';
import { compile } from './compile.js';
import { startTriggers } from './start-triggers.js';

// Features: T-02

it('tells the shell what starts a process', () => {
  const model = process('p')
    .start()
    .task('a')
    .end()
    .messageStart('ordered', 'order')
    .to('a')
    .timerStart('daily', 'cycle', 'R/P1D')
    .to('a')
    .timerStart('once', 'date', '1970-01-02')
    .to('a');

  expect(startTriggers(compile(model.build(), { expressions: tinyExpressions }), 0)).toEqual([
    { type: 'none', elementId: 'start' },
    { type: 'message', elementId: 'ordered', messageName: 'order' },
    { type: 'timer', elementId: 'daily', dueAt: 86_400_000, repetitions: -1, interval: 'P1D' },
    { type: 'timer', elementId: 'once', dueAt: 86_400_000 },
  ]);
});
