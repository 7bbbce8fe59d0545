import { AppError } from '@baton/contracts';

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** `disk_full`; the others of its class (connections, memory, a configured limit) pass by themselves. */
const DISK_FULL = '53100';
/** Deadlock and serialization failure: the loser may simply try again. */
const RETRY_CODES = new Set(['40001', '40P01']);

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Did two transactions get in each other's way? Then the whole transaction may run again. */
export function isTransient(error: unknown): boolean {
  return RETRY_CODES.has(codeOf(error));
}

/** Did the database refuse the data itself (a value out of range, a broken constraint, too much for an index)? Trying again does not help. */
export function isRefusedData(error: unknown): boolean {
  return /^(22|23|54)/.test(codeOf(error));
}

/** Is the store away or out of means (connections, memory, disk), rather than the statement wrong? */
export function isUnavailable(error: unknown): boolean {
  const code = codeOf(error);
  if (CONNECTION_CODES.has(code) || code.startsWith('08') || code.startsWith('57P') || code.startsWith('53')) return true;
  if (code === '57014' || code === '55P03') return true; // statement and lock timeouts
  return (
    error instanceof Error &&
    /connection terminated|timeout exceeded when trying to connect|encountered a connection error|not queryable|client was closed|server closed the connection/i.test(
      error.message,
    )
  );
}

/** The answer a caller gets: the store's troubles are 503 or 507 and may be retried; everything else passes unchanged. */
export function asStoreError(error: unknown): unknown {
  if (codeOf(error) === DISK_FULL) {
    return new AppError('store-full', 507, 'The database has no space left. Nothing was changed; try again later.', [], {
      'Retry-After': '30',
    });
  }
  if (isUnavailable(error) || isTransient(error)) {
    return new AppError('store-unavailable', 503, 'The database cannot be reached right now. Try again in a moment.', [], {
      'Retry-After': '1',
    });
  }
  return error;
}
