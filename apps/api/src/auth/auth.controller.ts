import { Controller, Get, Ip, Post } from '@nestjs/common';
import { z } from 'zod';
import { DemoAccount, DemoLoginRequest, LoginRequest, Me, RefreshRequest, Tokens } from '@baton/contracts';
import { Can, Public } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { Caller } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';
import { Auth } from './auth.service.js';

const TOKENS_EXAMPLE = { accessToken: 'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9…', refreshToken: '0199…b2.q1w2…', expiresIn: 600 };

@Controller('api/v1/auth')
export class AuthController {
  constructor(private readonly auth: Auth) {}

  @Post('login')
  @Public()
  @Operation({
    summary: 'Sign in',
    description: 'Send the access token as `Authorization: Bearer …`. Twenty failed tries of one account from one address have to wait.',
    response: Tokens,
    problems: { 401: ['unauthenticated'], 429: ['rate-limited'] },
    example: { request: { tenant: 'acme', email: 'requester@acme.demo', password: 'demo' }, response: TOKENS_EXAMPLE },
  })
  login(@JsonBody(LoginRequest) body: LoginRequest, @Ip() ip: string): Promise<Tokens> {
    return this.auth.login(body, ip);
  }

  @Post('refresh')
  @Public()
  @Operation({
    summary: 'Trade the refresh token for new tokens',
    description: 'Each refresh token works once. One that comes back later than 10 seconds after its use ends the whole sign-in.',
    response: Tokens,
    problems: { 401: ['unauthenticated', 'refresh-reused'] },
    example: { request: { refreshToken: TOKENS_EXAMPLE.refreshToken }, response: TOKENS_EXAMPLE },
  })
  refresh(@JsonBody(RefreshRequest) body: RefreshRequest): Promise<Tokens> {
    return this.auth.refresh(body.refreshToken);
  }

  @Post('logout')
  @Public()
  @Operation({ summary: 'Sign out: the refresh token and all its successors end', status: 204 })
  async logout(@JsonBody(RefreshRequest) body: RefreshRequest): Promise<void> {
    await this.auth.logout(body.refreshToken);
  }

  @Get('me')
  @Can('read', 'Session')
  @Operation({ summary: 'Who am I, in which tenant, with which roles and groups', response: Me })
  me(@Caller() { personId, username, name, email, tenant, roles, groups }: Principal): Me {
    return { personId, username, name, email, tenant, roles: [...roles], groups: [...groups] };
  }

  @Get('demo-accounts')
  @Public()
  @Operation({ summary: 'Accounts of the demo; empty outside the demo profile', response: z.array(DemoAccount) })
  demoAccounts(): Promise<DemoAccount[]> {
    return this.auth.demoAccounts();
  }

  @Post('demo-login')
  @Public()
  @Operation({
    summary: 'Sign in to a demo account with one click; does not exist outside the demo profile',
    response: Tokens,
    problems: { 404: ['not-found'] },
    example: { request: { tenant: 'acme', email: 'manager@acme.demo' }, response: TOKENS_EXAMPLE },
  })
  demoLogin(@JsonBody(DemoLoginRequest) body: DemoLoginRequest): Promise<Tokens> {
    return this.auth.demoLogin(body);
  }
}
