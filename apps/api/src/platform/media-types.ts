import type { FastifyRequest } from 'fastify';
import { AppError } from '@baton/contracts';

/** What this API can answer with; `text/html` is the documentation. */
const OFFERED = [
  'application/json',
  'application/problem+json',
  'text/event-stream',
  'application/xml',
  'application/octet-stream',
  'text/plain',
];

/**
 * Refuse a request that accepts nothing we can send.
 *
 * @throws AppError `not-acceptable` (406)
 */
export function requireAcceptable(request: FastifyRequest): void {
  const header = request.headers.accept;
  if (header === undefined || header === '') return;
  const accepted = header.split(',').map((part) => part.trim().toLowerCase());
  const ranges = accepted.filter((part) => !/;\s*q=0(\.0*)?\s*(;|$)/.test(part)).map((part) => part.split(';')[0]!.trim());
  if (ranges.some((range) => OFFERED.some((type) => covers(range, type)))) return;
  throw new AppError('not-acceptable', 406, `The answer would be application/json, which the Accept header excludes.`);
}

function covers(range: string, type: string): boolean {
  return range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)));
}

/**
 * Refuse a body that does not say it is JSON in UTF-8. Forms and `text/plain` are how other sites' pages would send one.
 *
 * @throws AppError `unsupported-media-type` (415)
 */
export function requireJson(request: FastifyRequest): void {
  const [type, ...parameters] = (request.headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((parameter) => parameter.startsWith('charset='))
    ?.slice('charset='.length)
    .replaceAll('"', '');
  if (type === 'application/json' && (charset === undefined || charset === 'utf-8' || charset === 'utf8')) return;
  throw unsupported('Send the body as `Content-Type: application/json` in UTF-8.');
}

export const unsupported = (detail: string): AppError => new AppError('unsupported-media-type', 415, detail);
