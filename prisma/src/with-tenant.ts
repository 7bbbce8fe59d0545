import { PrismaPg } from '@prisma/adapter-pg';
import type { Prisma } from './generated/client.js';
import { PrismaClient } from './generated/client.js';

/** A Prisma client inside one transaction of one tenant. */
export type TenantTransaction = Prisma.TransactionClient;

/**
 * A client for the role `baton_app`. Outside of `withTenant` it sees only the directory of tenants; every other query finds
 * nothing, because row-level security knows no tenant then.
 *
 * @param max  connections held at most.
 */
export function openPrisma(databaseUrl: string, max = 10): PrismaClient {
  return new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max, application_name: 'baton-prisma' }) });
}

/**
 * Run `work` in one transaction that sees and changes only the tenant's rows. A throw rolls everything back.
 *
 * An interactive transaction with the setting as its first statement: the client-extension pattern from Prisma's examples
 * commits although the callback throws (prisma/orm#20678), and is banned.
 */
export function withTenant<T>(prisma: PrismaClient, tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  return prisma.$transaction(
    async (tx) => {
      await tx.$queryRaw`select set_config('app.tenant_id', ${tenantId}, true)`;
      return work(tx);
    },
    { maxWait: 5_000, timeout: 10_000 },
  );
}
