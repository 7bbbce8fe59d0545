import { Injectable } from '@nestjs/common';
import { DEMO_TENANTS, PrismaClient, findLogin, withTenant } from '@baton/prisma';
import type { Login } from '@baton/prisma';
import type { DemoAccount, Role } from '@baton/contracts';

/** A person as a member of one tenant. */
export interface Member {
  readonly personId: string;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly tenant: { readonly id: string; readonly key: string; readonly name: string };
  readonly roles: readonly Role[];
  readonly groups: readonly string[];
}

/** Reads people, their memberships and groups. */
@Injectable()
export class PeopleRepository {
  constructor(private readonly prisma: PrismaClient) {}

  /** Null for an unknown tenant, an unknown person and a person of another tenant alike. */
  async findByEmail(tenantKey: string, email: string): Promise<{ member: Member; passwordHash: string | null } | null> {
    const login = await findLogin(this.prisma, tenantKey, email);
    return login && { member: memberOf(login), passwordHash: login.person.passwordHash };
  }

  /** The member as they are now; null when they left the tenant or this sign-in was ended. */
  findSignedIn(tenantId: string, personId: string, family: string): Promise<Member | null> {
    return withTenant(this.prisma, tenantId, async (tx) => {
      const membership = await tx.membership.findUnique({
        where: { tenantId_personId: { tenantId, personId } },
        include: { tenant: true, person: true, groups: { include: { group: true } } },
      });
      const open = await tx.refreshToken.findFirst({ where: { tenantId, personId, family, revokedAt: null }, select: { id: true } });
      if (!membership || !open) return null;
      const { tenant, person, groups, ...rest } = membership;
      return memberOf({ tenant, person, membership: rest, groups: groups.map(({ group }) => group.key) });
    });
  }

  /** The seeded accounts that exist, for the demo's one-click login. */
  async demoAccounts(): Promise<DemoAccount[]> {
    const seeded = await this.prisma.tenant.findMany({ where: { key: { in: DEMO_TENANTS.map(({ key }) => key) } }, select: { key: true } });
    const keys = new Set(seeded.map(({ key }) => key));
    return DEMO_TENANTS.filter(({ key }) => keys.has(key)).flatMap((tenant) =>
      tenant.people.map(({ email, name, title }) => ({ tenant: tenant.key, tenantName: tenant.name, email, name, title })),
    );
  }
}

function memberOf({ tenant, person, membership, groups }: Login): Member {
  return {
    personId: person.id,
    username: person.username,
    name: person.name,
    email: person.email,
    tenant: { id: tenant.id, key: tenant.key, name: tenant.name },
    roles: membership.roles as Role[],
    groups,
  };
}
