import { createHash } from 'node:crypto';
import type { DecisionDefinition, Deployment, ImportIssue } from '@baton/contracts';
import type { Transaction } from '../database/transaction.js';
import { notify } from '../live/notify.js';
import { newId } from '../row-id.js';
import { DEFINITION_COLUMNS, definitionOf } from './definition-row.js';
import type { DefinitionRow } from './definition-row.js';
import type { ReadDecisions, ReadFiles, ReadProcess, SourceFile } from './read-files.js';
import { replaceStarts } from './replace-starts.js';

export interface Deploy {
  readonly name?: string | undefined;
  /** What `readFiles` made of the files. */
  readonly read: ReadFiles;
  readonly by?: string | undefined;
}

/**
 * Publishes files together or not at all: every executable process and every decision gets its next version.
 *
 * The very same content again changes nothing and answers with what is there. Running instances stay on their version.
 */
export async function deploy(tx: Transaction, request: Deploy): Promise<Deployment> {
  const { files, processes, decisions, issues } = request.read;
  // Two deployments at once would give the same version number twice.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`deploy:${tx.tenantId}`]);
  const contentHash = hashOf(files);
  const [known] = await tx.query<{ id: string }>(
    'select id from deployment where tenant_id = $1 and content_hash = $2 order by id desc limit 1',
    [tx.tenantId, contentHash],
  );
  if (known && (await isNewest(tx, known.id))) return read(tx, known.id, false);

  const id = newId();
  await tx.query('insert into deployment (tenant_id, id, name, content_hash, deployed_by, issues) values ($1, $2, $3, $4, $5, $6::jsonb)', [
    tx.tenantId,
    id,
    request.name ?? null,
    contentHash,
    request.by ?? null,
    JSON.stringify(issues),
  ]);
  const resources = new Map<SourceFile, string>();
  for (const file of files) resources.set(file, await insertFile(tx, id, file));
  for (const decision of decisions) await insertDecisions(tx, id, resources.get(decision.file)!, decision);
  for (const process of processes) await insertProcess(tx, id, resources.get(process.file)!, process);
  tx.wake();
  const deployed = await read(tx, id, true);
  const live = deployed.processDefinitions.map((definition) => ({
    tenantId: tx.tenantId,
    change: { topic: 'process-definition' as const, id: definition.id },
  }));
  await notify(tx, live);
  return deployed;
}

/** Does nothing newer stand in its place? Deploying an old content again makes it the newest once more. */
async function isNewest(tx: Transaction, deploymentId: string): Promise<boolean> {
  const rows = await tx.query(
    `select 1 from process_definition d where d.tenant_id = $1 and d.deployment_id = $2
       and exists (select 1 from process_definition n where n.tenant_id = $1 and n.process_id = d.process_id and n.version > d.version)
     union all
     select 1 from decision_definition d where d.tenant_id = $1 and d.deployment_id = $2
       and exists (select 1 from decision_definition n where n.tenant_id = $1 and n.decision_id = d.decision_id and n.version > d.version)
     limit 1`,
    [tx.tenantId, deploymentId],
  );
  return rows.length === 0;
}

async function insertFile(tx: Transaction, deploymentId: string, { name, content }: SourceFile): Promise<string> {
  const id = newId();
  const bytes = Buffer.from(content as string);
  await tx.query('insert into resource_file (tenant_id, id, deployment_id, name, content, hash) values ($1, $2, $3, $4, $5, $6)', [
    tx.tenantId,
    id,
    deploymentId,
    name,
    bytes,
    createHash('sha256').update(bytes).digest(),
  ]);
  return id;
}

async function insertDecisions(tx: Transaction, deploymentId: string, resourceId: string, { model }: ReadDecisions): Promise<void> {
  for (const decision of model.decisions) {
    await tx.query(
      `insert into decision_definition (tenant_id, id, deployment_id, resource_id, decision_id, version, name)
       select $1, $2, $3, $4, $5, coalesce(max(version), 0) + 1, $6 from decision_definition where tenant_id = $1 and decision_id = $5`,
      [tx.tenantId, newId(), deploymentId, resourceId, decision.id || decision.name, decision.name],
    );
  }
}

async function insertProcess(tx: Transaction, deploymentId: string, resourceId: string, read: ReadProcess): Promise<void> {
  const { model, process, diagram } = read;
  const id = newId();
  const json = JSON.stringify(model);
  const startable = process.starts.length > 0;
  const usesDecisions = model.elements.some((element) => 'work' in element && element.work.kind === 'decision');
  await tx.query(
    `insert into process_definition
       (tenant_id, id, deployment_id, resource_id, process_id, version, version_tag, name, model, diagram, hash, startable, uses_decisions)
     select $1, $2, $3, $4, $5, coalesce(max(version), 0) + 1, $6, $7, $8, $9, $10, $11, $12
     from process_definition where tenant_id = $1 and process_id = $5`,
    [
      tx.tenantId,
      id,
      deploymentId,
      resourceId,
      model.id,
      model.versionTag ?? null,
      model.name ?? model.id,
      json,
      JSON.stringify(diagram),
      createHash('sha256').update(json).digest(),
      startable,
      usesDecisions,
    ],
  );
  await replaceStarts(tx, id, process);
}

async function read(tx: Transaction, id: string, created: boolean): Promise<Deployment> {
  const [deployment] = await tx.query<{ deployed_at: Date; issues: ImportIssue[] }>(
    'select deployed_at, issues from deployment where tenant_id = $1 and id = $2',
    [tx.tenantId, id],
  );
  const processes = await tx.query<DefinitionRow>(
    `select ${DEFINITION_COLUMNS} from process_definition d where d.tenant_id = $1 and d.deployment_id = $2 order by d.id`,
    [tx.tenantId, id],
  );
  const decisions = await tx.query<{ id: string; decision_id: string; version: number; name: string; deployed_at: Date }>(
    'select id, decision_id, version, name, deployed_at from decision_definition where tenant_id = $1 and deployment_id = $2 order by id',
    [tx.tenantId, id],
  );
  return {
    id,
    created,
    deployedAt: deployment!.deployed_at.toISOString(),
    processDefinitions: processes.map(definitionOf),
    decisionDefinitions: decisions.map((row): DecisionDefinition => ({
      id: row.id,
      decisionId: row.decision_id,
      version: row.version,
      name: row.name,
      deploymentId: id,
      deployedAt: row.deployed_at.toISOString(),
    })),
    issues: deployment!.issues,
  };
}

function hashOf(files: readonly SourceFile[]): Buffer {
  const hash = createHash('sha256');
  for (const { name, content } of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const bytes = Buffer.from(content as string);
    hash.update(`${JSON.stringify(name)} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest();
}
