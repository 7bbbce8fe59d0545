import { HttpException } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import { Refusal } from '@baton/engine';
import { asStoreError } from '@baton/runtime';
import { notFound, storeUnavailable } from './problems.js';

/** The refusal that an error of any layer amounts to; `internal` (500) for one that nobody foresaw. */
export function refusalOf(error: unknown): AppError {
  // One answer for everything that is not there, whoever found out: it must not tell what another tenant has.
  if (error instanceof AppError) return error.code === 'not-found' ? notFound() : error;
  if (error instanceof Refusal) return new AppError(error.code, 409, error.message);
  const store = storeRefusal(error);
  if (store) return store;
  return httpRefusal(error) ?? new AppError('internal', 500, 'Something went wrong on our side. Quote the trace id when you report it.');
}

/** What Fastify and Nest refuse before a route is reached, by its status. */
const BY_STATUS: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  400: ['bad-request', 'The request is not well formed.'],
  408: ['request-timeout', 'The request took too long to arrive.'],
  413: ['payload-too-large', 'The body is larger than this route takes.'],
  414: ['uri-too-long', 'The address is too long.'],
  415: ['unsupported-media-type', 'This route does not take that media type.'],
  431: ['headers-too-large', 'The headers are too large.'],
  503: ['shutting-down', 'This server is going away. Try again; another takes over.'],
};

function httpRefusal(error: unknown): AppError | undefined {
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status !== 'number') return undefined;
  if (status === 404) return notFound();
  const known = BY_STATUS[status];
  return known && new AppError(known[0], status, known[1], [], status === 503 ? { 'retry-after': '2' } : {});
}

/** What Prisma says when there is no database to talk to now. */
const PRISMA_DOWN = /^(P1001|P1002|P1008|P1017|P2024|P2028|P2037)$/;

/** Is the database away or full, rather than our question wrong? */
export const isStoreDown = (error: unknown): boolean => storeRefusal(error) !== undefined;

/** The answer for a database that is away or full, by the runtime's own rule. Looks through causes: Prisma and pools wrap what the socket said. */
function storeRefusal(error: unknown, depth = 0): AppError | undefined {
  if (depth > 5 || typeof error !== 'object' || error === null) return undefined;
  const known = asStoreError(error);
  if (known instanceof AppError && known !== error) return known;
  const { code, message, cause, errors, meta, originalCode } = error as Record<string, unknown>;
  // What a driver adapter hands on is a plain object, no Error.
  for (const value of [code, originalCode]) {
    const coded = typeof value === 'string' && asStoreError(Object.assign(new Error(), { code: value }));
    if (coded instanceof AppError) return coded;
  }
  const inner = [
    cause,
    meta,
    (meta as Record<string, unknown> | undefined)?.['driverAdapterError'],
    ...(Array.isArray(errors) ? errors : []),
  ];
  for (const one of inner) {
    const found = storeRefusal(one, depth + 1);
    if (found) return found;
  }
  const isAway =
    (typeof code === 'string' && PRISMA_DOWN.test(code)) || (typeof message === 'string' && /can't reach database/i.test(message));
  return isAway ? storeUnavailable() : undefined;
}
