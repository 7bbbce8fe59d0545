import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { noteInput } from './operation.js';

/** Longest wait for an effect, in seconds. */
const WAIT_SECONDS_MAX = 10;

/** Parameter: how long the caller wants to wait for the effect, in milliseconds; 0 without `Prefer: wait=N` (RFC 7240). */
export const WaitMs = (): ParameterDecorator => (target, key, index) => {
  noteInput(target, key, { prefersWait: true });
  createParamDecorator((_: unknown, context: ExecutionContext) =>
    waitMsOf(context.switchToHttp().getRequest<FastifyRequest>().headers['prefer']),
  )()(target, key, index);
};

/** Preferences that are not understood are ignored, as the RFC asks. */
export function waitMsOf(header: string | string[] | undefined): number {
  const [, seconds] = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?(?:$|[,;\s])/i.exec([header ?? ''].flat().join(',')) ?? [];
  return Math.min(Number(seconds ?? 0), WAIT_SECONDS_MAX) * 1000;
}
