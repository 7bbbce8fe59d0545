import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const TRACEPARENT = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** The caller's trace id (W3C `traceparent`), else a new one. It is in every problem and every log line of the request. */
export function traceIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const [, given] = TRACEPARENT.exec(String(request.headers['traceparent'] ?? '')) ?? [];
  return given ?? randomBytes(16).toString('hex');
}
