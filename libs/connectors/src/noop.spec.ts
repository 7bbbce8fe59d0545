import { expect, it } from 'vitest';
import { connectors } from './index.js';
import { noop } from './noop.js';

it('changes nothing', () => {
  expect(
    noop.run({ variables: { a: 1 }, headers: {}, effectKey: 'k' }, { signal: new AbortController().signal, log: () => undefined }),
  ).toEqual({});
});

it('is the only handler of its type', () => {
  const types = connectors.map((connector) => connector.type);
  expect(new Set(types).size).toBe(types.length);
});
