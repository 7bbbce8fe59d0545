import { describe, expect, it } from 'vitest';
import { isId, newId, rowId } from './row-id.js';

// Features: E-30

describe('ids of rows', () => {
  it('sort by the time they were made, and never share their upper 96 bits, even within a millisecond', () => {
    const ids = Array.from({ length: 20_000 }, newId);
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids.map((id) => id.slice(0, 28))).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
  });

  it('of what belongs to an instance follow from its id and the key', () => {
    const instance = '01900000-0000-7000-8000-00000000000a';
    expect(rowId(instance, 0)).toBe(instance);
    expect(rowId(instance, 1)).toBe('01900000-0000-7000-8000-00000000000b');
    expect(rowId(instance, 0x1_0000)).toBe('01900000-0000-7000-8000-00000001000a');
  });

  it('stay within the instance’s own range when the lower bits run over', () => {
    const instance = '01900000-0000-7000-8000-0001ffffffff';
    expect(rowId(instance, 1)).toBe('01900000-0000-7000-8000-000100000000');
    expect(new Set(Array.from({ length: 1_000 }, (_, key) => rowId(instance, key))).size).toBe(1_000);
  });

  it.each(['', 'job 7', `' or 1=1--`, '01900000-0000-7000-8000-00000000000A', '01900000000070008000000000000001', '%00'.repeat(3_000)])(
    'are nothing else: %j is none',
    (text) => {
      expect(isId(text)).toBe(false);
    },
  );
});
