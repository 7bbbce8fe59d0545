import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import { Refusal } from '@baton/engine';
import { describe, expect, it } from 'vitest';
import { isStoreDown, refusalOf } from './refusal-of.js';

describe('the refusal an error amounts to', () => {
  it('keeps a refusal that is one already', () => {
    const refusal = new AppError('task-not-open', 409, 'The task is done.');

    expect(refusalOf(refusal)).toBe(refusal);
  });

  it('answers 409 when the engine refuses', () => {
    expect(refusalOf(new Refusal('instance-not-active', 'It has ended.'))).toMatchObject({ code: 'instance-not-active', status: 409 });
  });

  it.each([
    [new NotFoundException('Cannot GET /x'), 404, 'not-found'],
    [new PayloadTooLargeException(), 413, 'payload-too-large'],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 413, 'payload-too-large'],
  ])('maps what the framework refuses: %s', (error, status, code) => {
    expect(refusalOf(error)).toMatchObject({ status, code });
  });

  it.each([
    Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
    Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' }),
    new Error('Connection terminated unexpectedly'),
    Object.assign(new Error('sorry, too many clients already'), { code: '53300' }),
    Object.assign(new Error('Timed out'), { code: 'P2024' }),
    new AggregateError([Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })]),
    new Error('query failed', { cause: Object.assign(new Error('gone'), { code: 'ECONNRESET' }) }),
  ])('answers 503 when the database is away: %s', (error) => {
    expect(refusalOf(error)).toMatchObject({ status: 503, code: 'store-unavailable' });
    expect(new Headers(refusalOf(error).headers).get('retry-after')).toMatch(/^\d+$/);
  });

  it.each([
    Object.assign(new Error('could not extend file'), { code: '53100' }),
    Object.assign(new Error('Raw query failed'), { code: 'P2010', meta: { driverAdapterError: { cause: { originalCode: '53100' } } } }),
  ])('answers 507 when its disk is full, through whatever client: %s', (error) => {
    expect(refusalOf(error)).toMatchObject({ status: 507, code: 'store-full' });
    expect(isStoreDown(error)).toBe(true);
  });

  it('does not take a broken constraint for a database that is away', () => {
    expect(isStoreDown(Object.assign(new Error('duplicate key'), { code: '23505' }))).toBe(false);
  });

  it('says nothing about what nobody foresaw', () => {
    expect(refusalOf(new Error('select * from secret'))).toMatchObject({
      status: 500,
      code: 'internal',
      message: expect.not.stringContaining('secret'),
    });
  });
});
