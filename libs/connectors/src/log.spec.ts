import { expect, it } from 'vitest';
import { log } from './log.js';

async function run(headers: Record<string, string>) {
  const lines: string[] = [];
  const job = { variables: { id: 7, customer: 'Ada', salary: 1 }, headers, effectKey: 't:i:step:1' };
  const written = await log.run(job, { signal: new AbortController().signal, log: (line) => lines.push(line) });
  return { lines, written };
}

it('writes which activity it was, and its message with the variables that it names', async () => {
  expect(await run({ message: 'Order {id} of {customer}: {missing}' })).toEqual({
    lines: ['t:i:step:1: Order 7 of Ada: {missing}'],
    written: {},
  });
});

it('writes no other variables, which may be personal', async () => {
  expect((await run({})).lines).toEqual(['t:i:step:1: reached']);
});

it('refuses a message that is too long', async () => {
  await expect(run({ message: 'x'.repeat(1001) })).rejects.toThrow(/1000/);
});
