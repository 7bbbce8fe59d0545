import { Injectable } from '@nestjs/common';
import { AppError } from '@baton/contracts';
import type { ProblemDetail } from '@baton/contracts';
import { Database } from '@baton/runtime';

/** Between two looks: short at first, because a step usually follows within milliseconds. */
const LOOK_MS = [5, 10, 20, 40, 80] as const;

/** Waits for what an accepted command does (`Prefer: wait=N`). */
@Injectable()
export class Effects {
  constructor(private readonly database: Database) {}

  /** Resolves when the command has left its instance's inbox, or after `waitMs`, whichever comes first. */
  async applied(tenantId: string, commandId: string, waitMs: number): Promise<void> {
    const until = Date.now() + waitMs;
    for (let turn = 0; Date.now() < until; turn += 1) {
      if (!(await this.isWaiting(tenantId, commandId))) return;
      await new Promise((resolve) => setTimeout(resolve, Math.min(LOOK_MS[turn] ?? 100, Math.max(until - Date.now(), 0))));
    }
  }

  /**
   * Waits as `applied` does, for a command that its instance may yet refuse.
   *
   * @throws AppError (409) with the engine's code and sentence when it has.
   */
  async decided(tenantId: string, commandId: string, waitMs: number): Promise<void> {
    await this.applied(tenantId, commandId, waitMs);
    const refusal = await this.database.withTenant(tenantId, async (tx) => {
      const [row] = await tx.query<{ code: string; message: string; errors: ProblemDetail[] | null }>(
        'select code, message, errors from command_refusal where tenant_id = $1 and id = $2',
        [tenantId, commandId],
      );
      return row;
    });
    if (refusal) throw new AppError(refusal.code, 409, refusal.message, refusal.errors ?? []);
  }

  private isWaiting(tenantId: string, commandId: string): Promise<boolean> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.query('select 1 from command where tenant_id = $1 and id = $2', [tenantId, commandId]);
      return rows.length > 0;
    });
  }
}
