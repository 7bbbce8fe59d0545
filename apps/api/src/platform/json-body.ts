import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { AppError } from '@baton/contracts';
import { parseJson } from '@baton/runtime';
import { requireJson, unsupported } from './media-types.js';
import { noteInput } from './operation.js';
import { validate } from './validate.js';
import type { CodeByPointer } from './validate.js';

/** Largest JSON body, in bytes. */
export const BODY_BYTES_MAX = 1_048_576;

/**
 * Bodies stay bytes until the route that wants one asks for it: the order of answers is size, then who, then media type,
 * then syntax, then schema.
 */
export function keepBodiesRaw(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) => done(null, body));
}

/** The raw bytes of a request's body; empty when it has none. */
export function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

/**
 * Parameter: the JSON body, parsed strictly (duplicate keys, unsafe numbers, depth and `__proto__` are refused) and checked
 * against `schema`. An empty body without a media type is `{}` where the schema allows that.
 */
export function JsonBody(schema: z.ZodType, codes: CodeByPointer = {}): ParameterDecorator {
  return (target, key, index) => {
    noteInput(target, key, { body: schema });
    createParamDecorator((_: unknown, context: ExecutionContext) => readJson(context.switchToHttp().getRequest(), schema, codes))()(
      target,
      key,
      index,
    );
  };
}

/** The same, for routes that look at the media type first. */
export function readJson<Schema extends z.ZodType>(request: FastifyRequest, schema: Schema, codes: CodeByPointer = {}): z.output<Schema> {
  const bytes = bodyBytes(request);
  if (bytes.length === 0 && request.headers['content-type'] === undefined && schema.safeParse({}).success) return validate(schema, {});
  if (request.headers['content-encoding'] !== undefined && request.headers['content-encoding'] !== 'identity') {
    throw unsupported('Send the body without Content-Encoding.');
  }
  requireJson(request);
  return validate(schema, parseJson(textOf(bytes)), codes);
}

/**
 * @throws AppError `text-not-well-formed` (400) for bytes that are not UTF-8.
 */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('text-not-well-formed', 400, 'The body is not UTF-8. Send well-formed Unicode.');
  }
}
