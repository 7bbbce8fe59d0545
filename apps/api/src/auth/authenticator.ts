import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/principal.js';
import { abilityOf } from '../platform/policy.js';
import { unauthenticated } from '../platform/problems.js';
import { AccessTokens } from './access-tokens.js';
import type { Claims } from './access-tokens.js';
import { PeopleRepository } from './people.repository.js';

/** How long rights are remembered: a removed member, role or group is gone within this time on every instance. */
const REMEMBER_MS = 15_000;
const REMEMBERED_MAX = 10_000;

type Rights = Omit<Principal, 'expiresAt'>;

interface Remembered {
  readonly rights: Promise<Rights | null>;
  readonly until: number;
}

/** Who is asking? The token says who they are; the database says what they may do now. */
@Injectable()
export class Authenticator {
  private readonly remembered = new Map<string, Remembered>();

  constructor(
    private readonly tokens: AccessTokens,
    private readonly people: PeopleRepository,
  ) {}

  /**
   * @param header  the `Authorization` header.
   * @throws AppError `unauthenticated` (401) without a valid bearer token, or when the person is no longer a member.
   */
  async authenticate(header: string | undefined): Promise<Principal> {
    const [, token] = /^Bearer ([A-Za-z0-9_.-]+)$/i.exec(header ?? '') ?? [];
    if (!token) throw unauthenticated();
    const claims = await this.tokens.verify(token);
    const rights = await this.rightsOf(claims);
    if (!rights) throw unauthenticated('This sign-in has ended. Sign in again.');
    return { ...rights, expiresAt: claims.exp };
  }

  /** The same person with the rights they have now; null when the sign-in or the membership has ended meanwhile. */
  async renew({ tenantId, personId, family, expiresAt }: Principal): Promise<Principal | null> {
    const rights = await this.rightsOf({ tenant: tenantId, sub: personId, family, exp: expiresAt });
    return rights && { ...rights, expiresAt };
  }

  /** Forget what is remembered of one sign-in: it has just been ended here. */
  forget(family: string): void {
    for (const key of this.remembered.keys()) if (key.endsWith(family)) this.remembered.delete(key);
  }

  private rightsOf(claims: Claims): Promise<Rights | null> {
    const key = `${claims.tenant} ${claims.sub} ${claims.family}`;
    const known = this.remembered.get(key);
    if (known && known.until > Date.now()) return known.rights;
    const rights = this.read(claims);
    this.remembered.delete(key);
    this.remembered.set(key, { rights, until: Date.now() + REMEMBER_MS });
    rights.catch(() => this.remembered.delete(key));
    if (this.remembered.size > REMEMBERED_MAX) this.remembered.delete(this.remembered.keys().next().value!);
    return rights;
  }

  private async read({ tenant: tenantId, sub: personId, family }: Claims): Promise<Rights | null> {
    const member = await this.people.findSignedIn(tenantId, personId, family);
    if (!member) return null;
    const { username, name, email, roles, groups } = member;
    return { personId, tenantId, tenant: member.tenant, username, name, email, roles, groups, family, ability: abilityOf(roles) };
  }
}
