import { describe, expect, it } from 'vitest';
import { waitMsOf } from './prefer.js';

describe('Prefer', () => {
  it.each([
    [undefined, 0],
    ['wait=3', 3000],
    ['respond-async, wait=2', 2000],
    ['wait="4"; foo', 4000],
    ['wait=600', 10_000],
    ['wait=-1', 0],
    ['await=5', 0],
    ['wait=soon', 0],
  ])('%j waits %i ms', (header, ms) => {
    expect(waitMsOf(header)).toBe(ms);
  });
});
