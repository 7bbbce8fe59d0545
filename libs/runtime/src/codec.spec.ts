import { describe, expect, it } from 'vitest';
import { decode, encode, frame } from './codec.js';

// Features: E-31, E-11

describe('stored bytes', () => {
  const value = { text: 'Grüße 🎼', list: [1, null, true, 0.1], nested: { '': '', __proto: 1 } };

  it('give back the value they were made of', () => {
    expect(decode(encode(value))).toEqual(value);
  });

  it('are the same bytes for the same value, which a folded history is compared by', () => {
    expect(encode(structuredClone(value)).equals(encode(value))).toBe(true);
    expect(frame(JSON.stringify(value)).equals(encode(value))).toBe(true);
    expect(encode({ a: 1, b: 2 }).equals(encode({ b: 2, a: 1 }))).toBe(false);
  });

  it('begin with their format and the key they are encrypted with', () => {
    expect([...encode({})]).toEqual([2, 0, 0x7b, 0x7d]);
  });

  it('are read where they lie, also in the middle of other bytes', () => {
    const bytes = encode(value);
    const around = Buffer.concat([Buffer.from('before'), bytes, Buffer.from('after')]);
    expect(decode(around.subarray(6, 6 + bytes.length))).toEqual(value);
    expect(decode(new Uint8Array(bytes))).toEqual(value);
  });

  it.each([
    ['another format', [3, 0, 0x7b, 0x7d], /format 1 to 2, found 3/],
    ['an unknown key', [2, 7, 0x7b, 0x7d], /found key 7/],
    ['nothing at all', [], /format/],
    ['half a text', [2, 0, 0x7b], /JSON/],
  ])('of %s are refused, never guessed at', (_, bytes, message) => {
    expect(() => decode(Uint8Array.from(bytes))).toThrow(message);
  });
});
