import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Role } from '@baton/contracts';
import type { Ability } from './policy.js';

/** Who is asking, in which tenant, with the rights they have now (not the ones they had when they signed in). */
export interface Principal {
  readonly personId: string;
  readonly tenantId: string;
  readonly tenant: { readonly id: string; readonly key: string; readonly name: string };
  /** What assignees and candidate users name. */
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
  readonly ability: Ability;
  /** When the access token ends, in seconds since 1970. */
  readonly expiresAt: number;
  /** The family of refresh tokens this sign-in belongs to. */
  readonly family: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    principal?: Principal;
  }
}

/** The principal of a request that passed the guard. */
export function principalOf(request: FastifyRequest): Principal {
  if (!request.principal) throw new Error('Expected a principal, but the route is public.');
  return request.principal;
}

/** Parameter: who is asking. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Principal =>
  principalOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
