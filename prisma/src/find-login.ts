import type { Membership, Person, PrismaClient, Tenant } from './generated/client.js';
import { withTenant } from './with-tenant.js';

/** Who logs in where: everything a login has to check. */
export interface Login {
  readonly tenant: Tenant;
  readonly person: Person;
  readonly membership: Membership;
  /** Keys of the person's groups in this tenant. */
  readonly groups: readonly string[];
}

/**
 * The member of a tenant with this e-mail address, or null: an unknown tenant, an unknown person and a person of another
 * tenant cannot be told apart. The tenant's key opens the context; the person is then visible only through the membership.
 */
export async function findLogin(prisma: PrismaClient, tenantKey: string, email: string): Promise<Login | null> {
  const tenant = await prisma.tenant.findUnique({ where: { key: tenantKey } });
  if (!tenant) return null;
  return withTenant(prisma, tenant.id, async (tx) => {
    const membership = await tx.membership.findFirst({
      where: { tenantId: tenant.id, person: { email: email.toLowerCase() } },
      include: { person: true, groups: { include: { group: true } } },
    });
    if (!membership) return null;
    const { person, groups, ...rest } = membership;
    return { tenant, person, membership: rest, groups: groups.map((entry) => entry.group.key) };
  });
}
