import { Injectable } from '@nestjs/common';
import type {
  HistoryStep,
  InstanceQuery,
  MigrateRequest,
  MigrationPlan,
  Page,
  ProcessInstance,
  ProcessInstanceDetail,
  StartRequest,
  Started,
} from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { Database, cancelInstance, migrateInstance, operateInstance, planInstanceMigration, startInstance } from '@baton/runtime';
import type { Operation } from '@baton/runtime';
import type { z } from 'zod';
import { Forms } from '../forms/forms.js';
import { Cursors } from '../platform/cursors.js';
import { Effects } from '../platform/effects.js';
import { Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { ProcessInstancesRepository } from './process-instances.repository.js';

const LIST = 'process-instances';

/** What an operator asks is waited for at least this long: only the step says whether it can be done. */
const DECIDED_MS = 2_000;

/** What people do with instances and see of them. */
@Injectable()
export class ProcessInstances {
  constructor(
    private readonly repository: ProcessInstancesRepository,
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly effects: Effects,
    private readonly forms: Forms,
    private readonly cursors: Cursors,
  ) {}

  /** Starts an instance; with `waitMs` the state is the one after its first step. */
  async start(write: Write, request: z.output<typeof StartRequest>, waitMs: number): Promise<Started> {
    const { principal } = write;
    const started = await this.writes.run(write, async (tx) => {
      await this.forms.checkStart(tx, request);
      return startInstance(tx, { ...request, variables: request.variables as Variables, by: principal.username });
    });
    const { id, state, commandId } = started;
    if (waitMs === 0) return { id, state };
    await this.effects.applied(principal.tenantId, commandId, waitMs);
    return { id, state: await this.stateOf(principal.tenantId, id) };
  }

  /** Cancels it and what it called; the answer is final although the step follows. */
  async cancel(write: Write, id: string, reason: string | undefined, waitMs: number): Promise<Started> {
    const { tenantId, username } = write.principal;
    const { commandId } = await this.writes.run(write, (tx) => cancelInstance(tx, { processInstanceId: id, reason, by: username }));
    if (waitMs > 0) await this.effects.applied(tenantId, commandId, waitMs);
    return { id, state: await this.stateOf(tenantId, id) };
  }

  /**
   * Suspends, resumes or repairs an instance. Answers with what its step decided; after the wait, that it is still to be decided.
   *
   * @throws AppError (409) with the code of the refusal.
   */
  async operate(write: Write, id: string, operation: Operation, reason: string | undefined, waitMs: number): Promise<Started> {
    const { tenantId, username } = write.principal;
    const { commandId } = await this.writes.run(write, (tx) =>
      operateInstance(tx, { processInstanceId: id, operation, reason, by: username }),
    );
    await this.effects.decided(tenantId, commandId, Math.max(waitMs, DECIDED_MS));
    return { id, state: await this.stateOf(tenantId, id) };
  }

  /** Moves it to another definition. @throws AppError (409) with the code of the refusal and all its reasons. */
  async migrate(write: Write, id: string, request: z.output<typeof MigrateRequest>, waitMs: number): Promise<Started> {
    const { tenantId, username } = write.principal;
    const { commandId } = await this.writes.run(write, (tx) => migrateInstance(tx, { processInstanceId: id, ...request, by: username }));
    await this.effects.decided(tenantId, commandId, Math.max(waitMs, DECIDED_MS));
    return { id, state: await this.stateOf(tenantId, id) };
  }

  /** What stands against moving it now. Changes nothing. */
  planMigration(tenantId: string, id: string, request: z.output<typeof MigrateRequest>): Promise<MigrationPlan> {
    return this.database.withTenant(tenantId, (tx) => planInstanceMigration(tx, { processInstanceId: id, ...request }));
  }

  async list(
    tenantId: string,
    { cursor, limit, state, processId, businessKey }: z.output<typeof InstanceQuery>,
  ): Promise<Page<ProcessInstance>> {
    const before = this.cursors.decode(tenantId, LIST, cursor)?.[0];
    const rows = await this.repository.list(tenantId, { state, processId, businessKey, before }, limit);
    return this.cursors.page(tenantId, LIST, rows, limit, (row) => [row.id]);
  }

  get(tenantId: string, id: string): Promise<ProcessInstanceDetail> {
    return this.repository.get(tenantId, id);
  }

  history(tenantId: string, id: string, after: number, limit: number): Promise<HistoryStep[]> {
    return this.repository.history(tenantId, id, after, limit);
  }

  private stateOf(tenantId: string, id: string): Promise<Started['state']> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [row] = await tx.query<{ status: Started['state'] }>('select status from process_instance where tenant_id = $1 and id = $2', [
        tenantId,
        id,
      ]);
      return row?.status ?? 'starting';
    });
  }
}
