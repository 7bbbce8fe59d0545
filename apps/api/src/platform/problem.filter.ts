import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@baton/contracts';
import type { Problem } from '@baton/contracts';
import { ApiConfig } from './config.js';
import { refusalOf } from './refusal-of.js';

/** Turns whatever went wrong into `application/problem+json` (RFC 9457). Never a stack, SQL or a path of this machine. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly config: ApiConfig) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.send(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Answers with the problem; what nobody foresaw is logged and answered with its trace id only. */
  send(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const refusal = refusalOf(error);
    if (refusal.status === 500) request.log.error({ err: error }, 'unforeseen');
    else if (refusal.status === 503) request.log.warn({ err: error instanceof HttpException ? undefined : error }, refusal.code);
    if (reply.sent) return;
    void reply
      .code(refusal.status)
      .headers(refusal.headers)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      // Serialized here: with a stringified body Fastify keeps our media type.
      .send(JSON.stringify(problemOf(refusal, request, this.config.publicUrl)));
  }
}

export function problemOf(refusal: AppError, request: Pick<FastifyRequest, 'url' | 'id'>, publicUrl: string): Problem {
  return {
    type: `${publicUrl}/problems/${refusal.code}`,
    code: refusal.code,
    title: titleOf(refusal.code),
    status: refusal.status,
    detail: refusal.message,
    instance: request.url.split('?')[0]!,
    traceId: request.id,
    ...(refusal.errors.length > 0 && { errors: [...refusal.errors] }),
  };
}

/** `task-not-open` → `Task not open`. */
export function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
