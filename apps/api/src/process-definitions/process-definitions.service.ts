import { Injectable } from '@nestjs/common';
import type { ConditionalStartRequest, Form, Page, ProcessDefinition, StartedByCondition } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { Database, startByCondition } from '@baton/runtime';
import { Forms } from '../forms/forms.js';
import { Cursors } from '../platform/cursors.js';
import { Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import type { DefinitionQuery } from './process-definitions.controller.js';
import { ProcessDefinitionsRepository } from './process-definitions.repository.js';

const LIST = 'process-definitions';

/** What people see of deployed processes. */
@Injectable()
export class ProcessDefinitions {
  constructor(
    private readonly repository: ProcessDefinitionsRepository,
    private readonly database: Database,
    private readonly writes: Writes,
    private readonly forms: Forms,
    private readonly cursors: Cursors,
  ) {}

  async list(tenantId: string, { latest, processId, cursor, limit }: DefinitionQuery): Promise<Page<ProcessDefinition>> {
    const before = this.cursors.decode(tenantId, LIST, cursor)?.[0];
    const rows = await this.repository.list(tenantId, { latest, processId, before }, limit);
    return this.cursors.page(tenantId, LIST, rows, limit, (row) => [row.id]);
  }

  get(tenantId: string, id: string): Promise<ProcessDefinition> {
    return this.repository.get(tenantId, id);
  }

  source(tenantId: string, id: string): Promise<{ name: string; content: Buffer }> {
    return this.repository.source(tenantId, id);
  }

  async modelText(tenantId: string, id: string): Promise<string> {
    const { model, diagram } = await this.repository.texts(tenantId, id);
    return `{"model":${model},"diagram":${diagram}}`;
  }

  /** Starts an instance at each start event whose condition the variables make true. */
  startByCondition(write: Write, id: string, variables: ConditionalStartRequest['variables']): Promise<StartedByCondition> {
    const { username: by } = write.principal;
    return this.writes.run(write, (tx) => startByCondition(tx, { processDefinitionId: id, variables: variables as Variables, by }));
  }

  startForm(tenantId: string, id: string): Promise<Form> {
    return this.database.withTenant(tenantId, async (tx) => this.forms.infer(tx, id, 'start'));
  }
}
