import { Injectable } from '@nestjs/common';
import { PrismaClient, withTenant } from '@baton/prisma';
import type { RefreshToken, TenantTransaction } from '@baton/prisma';
import { GRACE_MS, REFRESH_TOKEN_DAYS, digestOf, newRefreshToken } from './refresh-token.js';

/** Whose refresh token it was, and the one that follows it. */
export interface Rotation {
  readonly personId: string;
  readonly family: string;
  readonly refreshToken: string;
}

/** Refresh tokens: one family per sign-in, each token used once. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly prisma: PrismaClient) {}

  /** The first token of a new family. */
  open(tenantId: string, personId: string): Promise<Rotation> {
    return withTenant(this.prisma, tenantId, (tx) => this.add(tx, tenantId, personId, crypto.randomUUID()));
  }

  /**
   * Trade a token for the next one. `reused` when it was traded before (longer ago than the grace for a lost answer): its
   * whole family is revoked then, because somebody else has a copy. `unknown` when it never was one of ours, or has ended.
   */
  rotate(tenantId: string, token: string): Promise<Rotation | 'reused' | 'unknown'> {
    return withTenant(this.prisma, tenantId, async (tx) => {
      // The row is locked first: of two uses at once the second sees the first one's rotation.
      const locked = await tx.$queryRaw<{ id: string }[]>`
        select id from refresh_token where tenant_id = ${tenantId}::uuid and token_hash = ${digestOf(token)} for update`;
      const known = locked[0] && (await tx.refreshToken.findUnique({ where: { tenantId_id: { tenantId, id: locked[0].id } } }));
      if (!known || known.revokedAt || known.expiresAt.getTime() < Date.now())
        return known?.rotatedAt && known.revokedAt ? 'reused' : 'unknown';
      if (isReused(known)) {
        await this.revoke(tx, tenantId, known);
        return 'reused';
      }
      if (!known.rotatedAt)
        await tx.refreshToken.update({ where: { tenantId_id: { tenantId, id: known.id } }, data: { rotatedAt: new Date() } });
      return this.add(tx, tenantId, known.personId, known.family);
    });
  }

  /** Sign out: no token of the family works any more. Answers the family; null when the token is none of ours. */
  close(tenantId: string, token: string): Promise<string | null> {
    return withTenant(this.prisma, tenantId, async (tx) => {
      const known = await tx.refreshToken.findFirst({ where: { tenantId, tokenHash: digestOf(token) } });
      if (!known) return null;
      await tx.refreshToken.updateMany({ where: { tenantId, family: known.family, revokedAt: null }, data: { revokedAt: new Date() } });
      return known.family;
    });
  }

  private async add(tx: TenantTransaction, tenantId: string, personId: string, family: string): Promise<Rotation> {
    const refreshToken = newRefreshToken(tenantId);
    const expiresAt = new Date(Date.now() + REFRESH_TOKEN_DAYS * 86_400_000);
    await tx.refreshToken.create({ data: { tenantId, personId, family, tokenHash: digestOf(refreshToken), expiresAt } });
    return { personId, family, refreshToken };
  }

  private async revoke(tx: TenantTransaction, tenantId: string, { personId, family }: RefreshToken): Promise<void> {
    await tx.refreshToken.updateMany({ where: { tenantId, family, revokedAt: null }, data: { revokedAt: new Date() } });
    const person = await tx.person.findUnique({ where: { id: personId }, select: { username: true } });
    await tx.auditEntry.create({
      data: { tenantId, actorId: personId, actor: person?.username ?? '', action: 'refresh-token-reused', target: family },
    });
  }
}

const isReused = ({ rotatedAt }: RefreshToken): boolean => rotatedAt !== null && rotatedAt.getTime() < Date.now() - GRACE_MS;
