import { Injectable } from '@nestjs/common';
import { upcastModel } from '@baton/engine';
import type { ProcessModel } from '@baton/engine';
import { Database, DEFINITION_COLUMNS, definitionOf } from '@baton/runtime';
import type { DefinitionRow, Transaction } from '@baton/runtime';
import type { ProcessDefinition } from '@baton/contracts';
import { notFound } from '../platform/problems.js';

/** What a list of definitions is narrowed to. */
export interface DefinitionFilter {
  readonly latest?: boolean | undefined;
  readonly processId?: string | undefined;
  /** Only those before this id: ids are ordered by the time of deployment. */
  readonly before?: string | undefined;
}

/** Reads deployed definitions and the files they came from. */
@Injectable()
export class ProcessDefinitionsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; one more than `limit` when there is another page. */
  list(tenantId: string, filter: DefinitionFilter, limit: number): Promise<ProcessDefinition[]> {
    return this.database.withTenant(tenantId, async (tx) => {
      const rows = await tx.query<DefinitionRow>(
        `select * from (select ${DEFINITION_COLUMNS} from process_definition d
           where d.tenant_id = $1 and ($2::text is null or d.process_id = $2) and ($3::uuid is null or d.id < $3)) found
         where not $4 or latest order by id desc limit $5`,
        [tenantId, filter.processId ?? null, filter.before ?? null, filter.latest ?? false, limit + 1],
      );
      return rows.map(definitionOf);
    });
  }

  get(tenantId: string, id: string): Promise<ProcessDefinition> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [row] = await tx.query<DefinitionRow>(
        `select ${DEFINITION_COLUMNS} from process_definition d where d.tenant_id = $1 and d.id = $2`,
        [tenantId, id],
      );
      if (!row) throw notFound();
      return definitionOf(row);
    });
  }

  source(tenantId: string, id: string): Promise<{ name: string; content: Buffer }> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [file] = await tx.query<{ name: string; content: Buffer }>(
        `select f.name, f.content from process_definition d
         join resource_file f on f.tenant_id = d.tenant_id and f.id = d.resource_id
         where d.tenant_id = $1 and d.id = $2`,
        [tenantId, id],
      );
      if (!file) throw notFound();
      return file;
    });
  }

  /** Model and diagram as the JSON texts they are stored as. */
  texts(tenantId: string, id: string): Promise<{ model: string; diagram: string }> {
    return this.database.withTenant(tenantId, async (tx) => {
      const [row] = await tx.query<{ model: string; diagram: string }>(
        'select model, diagram from process_definition where tenant_id = $1 and id = $2',
        [tenantId, id],
      );
      if (!row) throw notFound();
      return row;
    });
  }
}

/** The model of one version, read inside a transaction that goes on to use it. */
export async function modelOf(tx: Transaction, id: string): Promise<ProcessModel> {
  const [row] = await tx.query<{ model: string }>('select model from process_definition where tenant_id = $1 and id = $2', [
    tx.tenantId,
    id,
  ]);
  if (!row) throw notFound();
  return upcastModel(JSON.parse(row.model));
}
