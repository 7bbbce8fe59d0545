import { expect, it } from 'vitest';
import { log } from './log.js';

const run = (headers: Record<string, string>) => {
  const lines: string[] = [];
  const written = log.run(
    { variables: { salary: 1 }, headers, effectKey: 't:i:step:1' },
    { signal: new AbortController().signal, log: (line) => lines.push(line) },
  );
  return { lines, written };
};

it('writes its message and which activity it was', () => {
  expect(run({ message: 'paid' })).toEqual({ lines: ['t:i:step:1: paid'], written: {} });
});

it('never writes variables, which may be personal', () => {
  expect(run({}).lines.join()).not.toContain('salary');
});

it('refuses a message that is too long', () => {
  expect(() => run({ message: 'x'.repeat(1001) })).toThrow(/1000/);
});
