import { Injectable } from '@nestjs/common';
import type { CompleteTaskRequest, Form, Page, UserTask, UserTaskQuery } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { Database, claimTask, completeTask, releaseTask } from '@baton/runtime';
import type { Actor } from '@baton/runtime';
import type { z } from 'zod';
import { Forms } from '../forms/forms.js';
import { Cursors } from '../platform/cursors.js';
import { Effects } from '../platform/effects.js';
import { idOf } from '../platform/path-id.js';
import type { Principal } from '../platform/principal.js';
import { forbidden } from '../platform/problems.js';
import { Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { modelOf } from '../process-definitions/process-definitions.repository.js';
import { UserTasksRepository, elementOf, taskOf, variablesSeenBy } from './user-tasks.repository.js';
import { viewFor, whySeenBy } from './why.js';

/** Work for people: their inbox, and what they do with a task. */
@Injectable()
export class UserTasks {
  constructor(
    private readonly repository: UserTasksRepository,
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly effects: Effects,
    private readonly forms: Forms,
    private readonly cursors: Cursors,
  ) {}

  /**
   * @throws AppError `forbidden` (403) when someone who is no supervisor asks for the view `all`.
   */
  async list(
    reader: Principal,
    { view, state, processInstanceId, cursor, limit }: z.output<typeof UserTaskQuery>,
  ): Promise<Page<UserTask>> {
    if (view === 'all' && !reader.ability.can('supervise', 'UserTask')) throw forbidden();
    const list = `user-tasks ${view}`;
    const before = this.cursors.decode(reader.tenantId, list, cursor);
    const instance = processInstanceId === undefined ? undefined : idOf(processInstanceId);
    const shown = state ?? (view === 'all' ? undefined : 'open');
    const records = await this.repository.list(reader, { view, state: shown, processInstanceId: instance, before }, limit);
    const { items, nextCursor } = this.cursors.page(reader.tenantId, list, records, limit, (record) => record.position);
    return { items: items.map((record) => viewFor(reader, record)), ...(nextCursor !== undefined && { nextCursor }) };
  }

  /**
   * @throws AppError `not-found` (404); `forbidden` (403) when the task is neither the reader's nor offered to them.
   */
  async get(reader: Principal, id: string): Promise<UserTask> {
    const record = await this.repository.get(reader.tenantId, id);
    if (whySeenBy(reader, record).length === 0) throw forbidden();
    return this.database.withTenant(reader.tenantId, async (tx) => {
      const documentation = elementOf(await modelOf(tx, record.task.processDefinitionId), record.task.elementId)?.documentation;
      return { ...viewFor(reader, record), ...(documentation !== undefined && { documentation }) };
    });
  }

  /** The form to complete it with, filled with what the task sees. */
  form(reader: Principal, id: string): Promise<Form> {
    return this.database.withTenant(reader.tenantId, async (tx) => {
      const record = await taskOf(tx, id);
      if (whySeenBy(reader, record).length === 0) throw forbidden();
      const form = await this.forms.infer(tx, record.task.processDefinitionId, record.task.elementId);
      return { ...form, data: (await variablesSeenBy(tx, record)) as Form['data'] };
    });
  }

  claim(write: Write, taskId: string, waitMs: number): Promise<UserTask> {
    return this.decide(write, taskId, waitMs, (tx, actor) => claimTask(tx, { taskId, actor }));
  }

  release(write: Write, taskId: string, waitMs: number): Promise<UserTask> {
    return this.decide(write, taskId, waitMs, (tx, actor) => releaseTask(tx, { taskId, actor }));
  }

  complete(write: Write, taskId: string, request: z.output<typeof CompleteTaskRequest>, waitMs: number): Promise<UserTask> {
    const variables = request.variables as Variables;
    return this.decide(write, taskId, waitMs, async (tx, actor) => {
      const accepted = await completeTask(tx, { taskId, actor, variables });
      const { task } = await taskOf(tx, taskId);
      await this.forms.checkTask(tx, task.processDefinitionId, task.elementId, variables);
      return accepted;
    });
  }

  /** One conditional UPDATE decides; its answer is final. The task is read in the same transaction. */
  private async decide(
    write: Write,
    taskId: string,
    waitMs: number,
    decision: (tx: Parameters<typeof claimTask>[0], actor: Actor) => ReturnType<typeof claimTask>,
  ): Promise<UserTask> {
    const { principal } = write;
    const actor: Actor = {
      username: principal.username,
      groups: principal.groups,
      supervisor: principal.ability.can('supervise', 'UserTask'),
    };
    const { commandId, task } = await this.writes.run(write, async (tx) => {
      const accepted = await decision(tx, actor);
      return { commandId: accepted.commandId, task: viewFor(principal, await taskOf(tx, taskId)) };
    });
    if (waitMs === 0) return task;
    await this.effects.applied(principal.tenantId, commandId, waitMs);
    return viewFor(principal, await this.repository.get(principal.tenantId, taskId));
  }
}
