import { describe, expect, it } from 'vitest';
import { schemaErrors } from './schema-errors.js';

describe('the errors of a form', () => {
  it('name the missing fields', () => {
    expect(schemaErrors({ type: 'object', properties: { amount: { type: 'number' } }, required: ['amount'] }, {})).toEqual([
      { path: ['amount'], keyword: 'required', message: 'is required' },
    ]);
  });

  it('leave optional empty fields alone', () => {
    expect(schemaErrors({ type: 'object', properties: { note: { type: 'string', minLength: 3 } } }, { note: undefined })).toEqual([]);
  });

  it.each([
    [{ type: 'number', minimum: 1 }, 0, 'must be at least 1'],
    [{ type: 'number', exclusiveMaximum: 5 }, 5, 'must be less than 5'],
    [{ type: 'number', multipleOf: 0.01 }, 1.234, 'must be a multiple of 0.01'],
    [{ type: 'integer' }, 1.5, 'must be a whole number'],
    [{ type: 'string', maxLength: 2 }, 'abc', 'may have at most 2 characters'],
    [{ type: 'string', pattern: '^A' }, 'B', 'does not have the expected form'],
    [{ type: 'string', format: 'email' }, 'nobody', 'must be an email address'],
    [{ enum: ['a', 'b'] }, 'c', 'must be one of the choices'],
    [{ oneOf: [{ const: 'a', title: 'A' }] }, 'b', 'must be one of the choices'],
    [{ type: 'boolean' }, 'yes', 'must be yes or no'],
  ] as const)('by %j, %j %s', (schema, value, message) => {
    expect(schemaErrors(JSON.parse(JSON.stringify(schema)), value).map((error) => error.message)).toEqual([message]);
  });

  it.each([
    [{ type: 'number', multipleOf: 0.01 }, 1.1],
    [{ type: ['string', 'null'] }, null],
    [{ type: 'string', maxLength: 1 }, '🎈'],
    [{ type: 'string', pattern: '(' }, 'anything'],
  ] as const)('are none by %j for %j', (schema, value) => {
    expect(schemaErrors(JSON.parse(JSON.stringify(schema)), value)).toEqual([]);
  });

  it('say where, however deep', () => {
    const schema = {
      type: 'object',
      properties: { items: { type: 'array', items: { type: 'object', properties: { price: { type: 'number' } } } } },
    } as const;
    const errors = schemaErrors(JSON.parse(JSON.stringify(schema)), { items: [{ price: 1 }, { price: 'much' }] });
    expect(errors).toMatchObject([{ path: ['items', 1, 'price'], keyword: 'type' }]);
  });
});
