import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@baton/contracts';
import { Authenticator } from '../auth/authenticator.js';
import { ACCESS } from './access.js';
import type { Access } from './access.js';
import { requireAcceptable } from './media-types.js';
import { forbidden } from './problems.js';

/** The one gate: who is it, may they do this here? What the route does to which object is decided behind it. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const access = this.reflector.get<Access | undefined>(ACCESS, context.getHandler());
    if (!access) throw forbidden();
    if (!access.public) await this.admit(request, access);
    requireAcceptable(request);
    return true;
  }

  private async admit(request: FastifyRequest, access: Access & { public: false }): Promise<void> {
    const principal = await this.authenticator.authenticate(request.headers.authorization);
    const named = request.headers['x-tenant-id'];
    if (named !== undefined && named !== principal.tenantId) {
      throw new AppError('tenant-mismatch', 403, 'The token belongs to another tenant. Sign in to the tenant you mean.');
    }
    if (!principal.ability.can(access.action, access.subject)) throw forbidden();
    request.principal = principal;
  }
}
