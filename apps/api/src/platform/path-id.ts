import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notFound } from './problems.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The id when it is a UUID. Anything else names nothing, exactly like a random UUID. */
export function idOf(text: string): string {
  if (!UUID.test(text)) throw notFound();
  return text.toLowerCase();
}

/** Parameter: the `:id` of the path. */
export const PathId = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  idOf((context.switchToHttp().getRequest<FastifyRequest>().params as { id: string }).id),
);
