import { compile, upcastModel } from '@baton/engine';
import type { Process } from '@baton/engine';
import { decisionPort, parseDmn } from '@baton/decisions';
import type { DmnModel } from '@baton/decisions';
import { expressions } from '@baton/expressions';
import type { EngineTransaction } from '../advance/engine-transaction.js';

/** Definitions a worker keeps, and tenants whose decisions it keeps. The oldest go first: they are read again in milliseconds. */
const DEFINITIONS_MAX = 2_000;

type DefinitionRow = {
  tenant_id: string;
  id: string;
  process_id: string;
  version: number;
  name: string;
  model: string;
  uses_decisions: boolean;
};

export interface LoadedDefinition {
  readonly id: string;
  readonly processId: string;
  readonly version: number;
  readonly process: Process;
}

interface TenantDecisions {
  /** The newest decision: changes with every deployment that brings one. */
  readonly newest: string;
  readonly models: readonly DmnModel[];
}

/**
 * What a worker has compiled. A definition never changes; what it binds may: "latest" decisions are looked up per batch, and a
 * definition that calls any is compiled again when the tenant has deployed new ones.
 */
export class DefinitionCache {
  private readonly compiled = new Map<string, LoadedDefinition>();
  private readonly rows = new Map<string, DefinitionRow>();
  private readonly decisions = new Map<string, TenantDecisions>();

  /**
   * Makes definitions (id → tenant) known, reading only what is not known yet.
   *
   * @returns the compiled definition of an id; it throws for one that this version of ours cannot compile or that is not there.
   */
  async load(tx: EngineTransaction, wanted: ReadonlyMap<string, string>): Promise<(id: string) => LoadedDefinition> {
    for (const kept of [this.rows, this.compiled, this.decisions]) forgetOldest(kept);
    const missing = [...wanted].filter(([id]) => !this.rows.has(id));
    if (missing.length > 0) {
      const found = await tx.query<DefinitionRow>(
        `select d.tenant_id, d.id, d.process_id, d.version, d.name, d.model, d.uses_decisions
         from unnest($1::uuid[], $2::uuid[]) w (tenant_id, id) join process_definition d using (tenant_id, id)`,
        [missing.map(([, tenantId]) => tenantId), missing.map(([id]) => id)],
      );
      for (const row of found) this.rows.set(row.id, row);
    }
    await this.refreshDecisions(tx, wanted);
    return (id) => {
      const row = this.rows.get(id);
      if (!row || row.tenant_id !== wanted.get(id)) throw new Error(`Expected the process definition ${id} to exist.`);
      return this.compile(row);
    };
  }

  private compile(row: DefinitionRow): LoadedDefinition {
    const decisions = row.uses_decisions ? this.decisions.get(row.tenant_id) : undefined;
    const key = `${row.id}:${decisions?.newest ?? ''}`;
    let found = this.compiled.get(key);
    if (!found) {
      const ports = { expressions, decisions: decisionPort(decisions?.models ?? []) };
      found = {
        id: row.id,
        processId: row.process_id,
        version: row.version,
        process: compile(upcastModel(JSON.parse(row.model)), ports),
      };
      this.compiled.set(key, found);
    }
    return found;
  }

  private async refreshDecisions(tx: EngineTransaction, wanted: ReadonlyMap<string, string>): Promise<void> {
    const tenants = new Set<string>();
    for (const [id, tenantId] of wanted) if (this.rows.get(id)?.uses_decisions) tenants.add(tenantId);
    if (tenants.size === 0) return;
    const newest = await tx.query<{ tenant_id: string; newest: string }>(
      'select tenant_id, max(id::text) as newest from decision_definition where tenant_id = any ($1::uuid[]) group by tenant_id',
      [[...tenants]],
    );
    for (const { tenant_id, newest: id } of newest) {
      if (this.decisions.get(tenant_id)?.newest === id) continue;
      this.decisions.set(tenant_id, { newest: id, models: await readLatest(tx, tenant_id) });
    }
  }
}

/** The files that hold the latest version of some decision, the newest first: the first that has a decision is the one meant. */
async function readLatest(tx: EngineTransaction, tenantId: string): Promise<DmnModel[]> {
  const files = await tx.query<{ content: Buffer }>(
    `select f.content from resource_file f where f.tenant_id = $1 and f.id in (
       select distinct on (decision_id) resource_id from decision_definition where tenant_id = $1 order by decision_id, version desc)
     order by f.id desc`,
    [tenantId],
  );
  return Promise.all(files.map(({ content }) => parseDmn(content.toString('utf8'))));
}

function forgetOldest(kept: Map<string, unknown>): void {
  for (const key of kept.keys()) {
    if (kept.size <= DEFINITIONS_MAX) return;
    kept.delete(key);
  }
}
