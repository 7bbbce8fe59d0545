import { expect, it } from 'vitest';
import { connectors } from './index.js';
import { noop } from './noop.js';

it('completes without a result', async () => {
  const job = { variables: { a: 1 }, headers: {}, effectKey: 'k' };

  expect(await noop.run(job, { signal: new AbortController().signal })).toEqual({});
});

it('ships under a type of its own', () => {
  expect(connectors.map(({ type }) => type)).toEqual(['noop', 'log']);
});
