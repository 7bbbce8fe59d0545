import { HttpException } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import { Refusal } from '@baton/engine';
import { notFound, storeUnavailable } from './problems.js';

/** The refusal that an error of any layer amounts to; `internal` (500) for one that nobody foresaw. */
export function refusalOf(error: unknown): AppError {
  // One answer for everything that is not there, whoever found out: it must not tell what another tenant has.
  if (error instanceof AppError) return error.code === 'not-found' ? notFound() : error;
  if (error instanceof Refusal) return new AppError(error.code, 409, error.message);
  if (isStoreDown(error)) return storeUnavailable();
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

/** SQLSTATE classes and Node codes that mean: there is no database to talk to now. */
const STORE_DOWN =
  /^(08|57P0|53|57014|55P03|ECONNREFUSED$|ECONNRESET$|ETIMEDOUT$|EPIPE$|ENOTFOUND$|EAI_AGAIN$|P1001$|P1002$|P1008$|P1017$|P2024$|P2028$|P2037$)/;
const STORE_DOWN_MESSAGE =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|server closed the connection|can't reach database/i;

/** Looks through causes too: Prisma and pg pools wrap what the socket said. */
export function isStoreDown(error: unknown, depth = 0): boolean {
  if (depth > 5 || typeof error !== 'object' || error === null) return false;
  const { code, message, cause, errors, meta, originalCode } = error as Record<string, unknown>;
  if ([code, originalCode].some((value) => typeof value === 'string' && STORE_DOWN.test(value))) return true;
  if (error instanceof Error && typeof message === 'string' && STORE_DOWN_MESSAGE.test(message)) return true;
  return [
    cause,
    meta,
    (meta as Record<string, unknown> | undefined)?.['driverAdapterError'],
    ...(Array.isArray(errors) ? errors : []),
  ].some((inner) => isStoreDown(inner, depth + 1));
}
