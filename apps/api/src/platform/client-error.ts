import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { titleOf } from './problem.filter.js';

const BY_CODE: Readonly<Record<string, readonly [status: number, code: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'headers-too-large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'request-timeout'],
};

/** Answers bytes that are no HTTP request at all, and closes: there is no request to go through the usual filter. */
export function answerClientError(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, code] = BY_CODE[error.code ?? ''] ?? [400, 'bad-request'];
  const body = JSON.stringify({ type: `/problems/${code}`, code, title: titleOf(code), status });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
