import { Injectable } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import type { DemoAccount, DemoLoginRequest, LoginRequest, Tokens } from '@baton/contracts';
import { ApiConfig } from '../platform/config.js';
import { notFound, unauthenticated } from '../platform/problems.js';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from './access-tokens.js';
import { Authenticator } from './authenticator.js';
import { LoginLimiter } from './login-limiter.js';
import { isPassword } from './passwords.js';
import { PeopleRepository } from './people.repository.js';
import { tenantOf } from './refresh-token.js';
import { SessionsRepository } from './sessions.repository.js';
import type { Rotation } from './sessions.repository.js';

/** Signing in, staying signed in, signing out. */
@Injectable()
export class Auth {
  constructor(
    private readonly config: ApiConfig,
    private readonly people: PeopleRepository,
    private readonly sessions: SessionsRepository,
    private readonly tokens: AccessTokens,
    private readonly limiter: LoginLimiter,
    private readonly authenticator: Authenticator,
  ) {}

  /**
   * @throws AppError `unauthenticated` (401), the same for an unknown tenant, an unknown person and a wrong password, after the
   *         same work; `rate-limited` (429).
   */
  async login({ tenant, email, password }: LoginRequest, ip: string): Promise<Tokens> {
    this.limiter.admit(ip, `${tenant} ${email}`);
    const found = await this.people.findByEmail(tenant, email);
    if (!(await isPassword(found?.passwordHash, password)) || !found) {
      throw unauthenticated('There is no such account, or the password is wrong.');
    }
    this.limiter.forget(ip, `${tenant} ${email}`);
    return this.tokensFor(found.member.tenant.id, await this.sessions.open(found.member.tenant.id, found.member.personId));
  }

  /**
   * @throws AppError `unauthenticated` (401); `refresh-reused` (401) when the token was used before.
   */
  async refresh(refreshToken: string): Promise<Tokens> {
    const tenantId = tenantOf(refreshToken);
    const rotation = tenantId === null ? 'unknown' : await this.sessions.rotate(tenantId, refreshToken);
    if (rotation === 'reused') {
      throw new AppError('refresh-reused', 401, 'This refresh token was used before, so this sign-in was ended. Sign in again.', [], {
        'www-authenticate': 'Bearer realm="baton"',
      });
    }
    if (rotation === 'unknown' || tenantId === null) throw unauthenticated('The refresh token is not valid. Sign in again.');
    return this.tokensFor(tenantId, rotation);
  }

  /** Ends the sign-in a refresh token belongs to. The token itself is the proof, so an expired access token does not matter. */
  async logout(refreshToken: string): Promise<void> {
    const tenantId = tenantOf(refreshToken);
    const family = tenantId === null ? null : await this.sessions.close(tenantId, refreshToken);
    if (family !== null) this.authenticator.forget(family);
  }

  /** Empty outside the demo profile. */
  async demoAccounts(): Promise<DemoAccount[]> {
    return this.config.profile === 'demo' ? this.people.demoAccounts() : [];
  }

  /**
   * One-click login of a seeded account, without a password; does not exist outside the demo profile.
   *
   * @throws AppError `not-found` (404)
   */
  async demoLogin({ tenant, email }: DemoLoginRequest): Promise<Tokens> {
    const accounts = await this.demoAccounts();
    if (!accounts.some((account) => account.tenant === tenant && account.email === email)) throw notFound();
    const found = await this.people.findByEmail(tenant, email);
    if (!found) throw notFound();
    return this.tokensFor(found.member.tenant.id, await this.sessions.open(found.member.tenant.id, found.member.personId));
  }

  private async tokensFor(tenantId: string, { personId, family, refreshToken }: Rotation): Promise<Tokens> {
    const accessToken = await this.tokens.issue({ sub: personId, tenant: tenantId, family });
    return { accessToken, refreshToken, expiresIn: ACCESS_TOKEN_SECONDS };
  }
}
