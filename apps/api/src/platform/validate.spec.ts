import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pointer, validate } from './validate.js';

const schema = z.strictObject({ limit: z.int(), tags: z.array(z.string()).optional() });

const refusal = (value: unknown): unknown => {
  try {
    return validate(schema, value);
  } catch (error) {
    return error;
  }
};

describe('validation', () => {
  it('returns the parsed value', () => {
    expect(validate(schema, { limit: 5 })).toEqual({ limit: 5 });
  });

  it('points at every wrong value', () => {
    expect(refusal({ limit: '5', tags: ['a', 1] })).toMatchObject({
      code: 'validation-failed',
      status: 422,
      errors: [{ pointer: '/limit' }, { pointer: '/tags/1' }],
    });
  });

  it('names unknown properties before anything else', () => {
    expect(refusal({ limit: '5', tenantId: 'x', 'a/b': 1 })).toMatchObject({
      code: 'unknown-property',
      status: 422,
      errors: expect.arrayContaining([expect.objectContaining({ pointer: '/tenantId' }), expect.objectContaining({ pointer: '/a~1b' })]),
    });
  });

  it('escapes pointers as RFC 6901 asks', () => {
    expect(pointer(['a/b', 'c~d', 0])).toBe('/a~1b/c~0d/0');
  });
});
