import type { Form } from '@baton/contracts';
import { describe, expect, it } from 'vitest';
import { checkForm } from './check-form.js';

const schema = {
  type: 'object',
  properties: {
    amount: { type: 'number' },
    approved: { type: 'boolean' },
    creditor: { type: 'string' },
    kind: { type: 'string', enum: ['a', 'b'] },
  },
  required: ['amount'],
};
const inferred: Form = { schema, uiSchema: {}, inferred: true };
const brought: Form = { schema, uiSchema: { approved: { 'ui:readonly': true } }, inferred: false };

describe('an inferred form', () => {
  it('names the field that has the wrong type', () => {
    expect(() => checkForm(inferred, { amount: 'abc' })).toThrow(
      expect.objectContaining({ code: 'form-invalid', status: 422, errors: [expect.objectContaining({ pointer: '/variables/amount' })] }),
    );
  });

  it('takes variables it does not know, leaves out what it asks, and lets null stand for nothing', () => {
    expect(() => checkForm(inferred, { other: [1], amount: null, kind: 'c' })).not.toThrow();
    expect(() => checkForm(inferred, {})).not.toThrow();
  });

  it('does not insist on text, which is its guess when it knows nothing', () => {
    expect(() => checkForm(inferred, { creditor: 12 })).not.toThrow();
  });
});

describe('a form the process brings', () => {
  it('insists on required fields, types and choices', () => {
    expect(() => checkForm(brought, { creditor: 12, kind: 'c' })).toThrow(
      expect.objectContaining({
        code: 'form-invalid',
        errors: ['creditor', 'kind', 'amount'].map((name) => expect.objectContaining({ pointer: `/variables/${name}` })),
      }),
    );
  });

  it.each([
    [{ count: 0 }, 'at least 1'],
    [{ count: 11 }, 'at most 10'],
    [{ code: 'a' }, 'at least 2 characters'],
    [{ code: '🙂🙂🙂🙂' }, 'at most 3 characters'],
  ])('keeps its limits: %o', (values, message) => {
    const properties = { count: { type: 'integer', minimum: 1, maximum: 10 }, code: { type: 'string', minLength: 2, maxLength: 3 } };
    const form: Form = { schema: { type: 'object', properties }, uiSchema: {}, inferred: false };

    expect(() => checkForm(form, { count: 5, code: '🙂🙂🙂' })).not.toThrow();
    expect(() => checkForm(form, values)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ message: expect.stringContaining(message) })] }),
    );
  });

  it('refuses what it only shows', () => {
    expect(() => checkForm(brought, { amount: 1, approved: true })).toThrow(
      expect.objectContaining({ code: 'field-not-writable', status: 422 }),
    );
  });

  it('takes what it asks for', () => {
    expect(() => checkForm(brought, { amount: 1, kind: 'a' })).not.toThrow();
  });
});
