import type { Route } from './route-table.js';

type Problems = Readonly<Record<number, readonly string[]>>;

/** Codes a route can answer with, by status: its own and those that follow from what it reads and who may call it. */
export function problemsOf(route: Route): Problems {
  const { operation, inputs, access, path } = route;
  const parts: Problems[] = [
    operation?.problems ?? {},
    access?.public ? {} : SIGNED_IN,
    inputs.body ? JSON_BODY : {},
    inputs.query
      ? { 422: ['validation-failed', 'unknown-property', ...('limit' in inputs.query.shape ? ['page-size', 'sort-field'] : [])] }
      : {},
    inputs.query && 'cursor' in inputs.query.shape ? { 400: ['cursor-invalid'] } : {},
    inputs.writes ? { 400: ['idempotency-key-invalid'], 409: ['idempotency-in-flight'], 422: ['idempotency-mismatch'] } : {},
    path.includes(':') ? { 404: ['not-found'] } : {},
    ALWAYS,
  ];
  return merged(parts);
}

const ALWAYS: Problems = { 406: ['not-acceptable'], 500: ['internal'], 503: ['store-unavailable'] };
const SIGNED_IN: Problems = { 401: ['unauthenticated'], 403: ['forbidden', 'tenant-mismatch'] };
const JSON_BODY: Problems = {
  400: ['json-malformed', 'json-empty', 'json-too-deep', 'json-duplicate-key', 'json-forbidden-key', 'text-not-well-formed'],
  413: ['payload-too-large'],
  415: ['unsupported-media-type'],
  422: ['validation-failed', 'unknown-property', 'number-not-safe'],
};

function merged(parts: readonly Problems[]): Problems {
  const all: Record<number, string[]> = {};
  for (const part of parts) {
    for (const [status, codes] of Object.entries(part)) all[Number(status)] = [...new Set([...(all[Number(status)] ?? []), ...codes])];
  }
  return all;
}

/** Answers that read the same in most routes: written once in the document. */
export const SHARED_PROBLEMS: Problems = { ...ALWAYS, ...SIGNED_IN, 404: ['not-found'], 413: JSON_BODY[413]!, 415: JSON_BODY[415]! };
