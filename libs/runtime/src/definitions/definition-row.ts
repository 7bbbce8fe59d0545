import type { ProcessDefinition } from '@baton/contracts';

/** One version of a process as `DEFINITION_COLUMNS` reads it. */
export type DefinitionRow = {
  id: string;
  process_id: string;
  version: number;
  version_tag: string | null;
  name: string;
  deployment_id: string;
  deployed_at: Date;
  startable: boolean;
  latest: boolean;
};

/** Of `process_definition d`. */
export const DEFINITION_COLUMNS = `
  d.id, d.process_id, d.version, d.version_tag, d.name, d.deployment_id, d.deployed_at, d.startable,
  not exists (select 1 from process_definition newer
    where newer.tenant_id = d.tenant_id and newer.process_id = d.process_id and newer.version > d.version) as latest`;

/** The same for a wire. */
export function definitionOf(row: DefinitionRow): ProcessDefinition {
  return {
    id: row.id,
    processId: row.process_id,
    version: row.version,
    ...(row.version_tag !== null && { versionTag: row.version_tag }),
    name: row.name,
    deploymentId: row.deployment_id,
    deployedAt: row.deployed_at.toISOString(),
    startable: row.startable,
    latest: row.latest,
  };
}
