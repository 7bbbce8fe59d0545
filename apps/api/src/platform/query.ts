import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { noteInput } from './operation.js';
import { validate } from './validate.js';
import type { CodeByPointer } from './validate.js';

/** Codes of their own for the two query parameters every list has. */
const CODES: CodeByPointer = { '/limit': 'page-size', '/sort': 'sort-field' };

/** Parameter: the query, checked against `schema`. Parameters that do not exist are refused, not ignored. */
export function QueryOf(schema: z.ZodObject): ParameterDecorator {
  return (target, key, index) => {
    noteInput(target, key, { query: schema });
    const strict = schema.strict();
    createParamDecorator((_: unknown, context: ExecutionContext) =>
      validate(strict, { ...(context.switchToHttp().getRequest<FastifyRequest>().query as object) }, CODES),
    )()(target, key, index);
  };
}
