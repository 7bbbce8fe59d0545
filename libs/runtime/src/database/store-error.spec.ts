import { describe, expect, it } from 'vitest';
import { asStoreError, isRefusedData, isTransient, isUnavailable } from './store-error.js';

// Features

const coded = (code: string) => Object.assign(new Error('of the driver'), { code });

describe('what the database answers instead of rows', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', '08006', '57P01', '57P03', '53200', '53300', '57014', '55P03'])(
    '%s: it is away, for a moment',
    (code) => {
      expect(isUnavailable(coded(code))).toBe(true);
      expect(asStoreError(coded(code))).toMatchObject({ code: 'store-unavailable', status: 503, headers: { 'Retry-After': '1' } });
    },
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect', 'Client was closed and is not queryable'])(
    '“%s”: it is away, for a moment',
    (message) => {
      expect(asStoreError(new Error(message))).toMatchObject({ code: 'store-unavailable', status: 503 });
    },
  );

  it.each(['40001', '40P01'])('%s: two were in each other’s way, and may try again', (code) => {
    expect(isTransient(coded(code))).toBe(true);
    expect(isUnavailable(coded(code))).toBe(false);
    expect(asStoreError(coded(code))).toMatchObject({ status: 503 });
  });

  it('53100: its disk is full', () => {
    expect(asStoreError(coded('53100'))).toMatchObject({ code: 'store-full', status: 507 });
  });

  it.each(['22001', '22003', '23505', '23514', '54000'])('%s: it does not take this data, however often it is asked', (code) => {
    expect(isRefusedData(coded(code))).toBe(true);
    expect(isTransient(coded(code)) || isUnavailable(coded(code))).toBe(false);
    expect(asStoreError(coded(code))).toMatchObject({ code });
  });

  it('everything else is passed on as it is', () => {
    for (const other of [new Error('a bug'), coded('42P01'), 'text', undefined]) {
      expect(asStoreError(other)).toBe(other);
      expect(isRefusedData(other)).toBe(false);
    }
  });
});
