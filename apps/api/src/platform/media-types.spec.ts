import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from 'vitest';
import { requireAcceptable, requireJson } from './media-types.js';

const having = (headers: Record<string, string>): FastifyRequest => ({ headers }) as unknown as FastifyRequest;

describe('media types', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"'])('takes %s', (type) => {
    expect(() => requireJson(having({ 'content-type': type }))).not.toThrow();
  });

  it.each(['', 'text/plain', 'application/json; charset=utf-7', 'application/x-www-form-urlencoded', 'application/jsonp'])(
    'refuses %j',
    (type) => {
      expect(() => requireJson(having({ 'content-type': type }))).toThrow(
        expect.objectContaining({ code: 'unsupported-media-type', status: 415 }),
      );
    },
  );

  it.each(['*/*', 'application/json', 'text/html, application/*;q=0.8', 'text/event-stream', ''])('answers to Accept %j', (accept) => {
    expect(() => requireAcceptable(having({ accept }))).not.toThrow();
  });

  it.each(['image/png', 'text/html', 'application/json;q=0'])('refuses Accept %j', (accept) => {
    expect(() => requireAcceptable(having({ accept }))).toThrow(expect.objectContaining({ code: 'not-acceptable', status: 406 }));
  });
});
