import { encode } from '../codec.js';
import type { InboxCommand } from '../instances/insert-command.js';
import { newId } from '../row-id.js';
import type { Changes, NewChild } from './changes.js';
import type { EngineTransaction } from './engine-transaction.js';

/** Calls within calls; a process that calls itself without end stops here. */
export const CALL_DEPTH_MAX = 50;

/** Which version of the called process is meant: the latest, or the one its binding names. */
const RESOLVE = `
  select w.n, d.id from unnest($1::int[], $2::uuid[], $3::text[], $4::int[], $5::text[], $6::uuid[])
    w (n, tenant_id, process_id, version, version_tag, caller_id)
  cross join lateral (
    select d.id from process_definition d where d.tenant_id = w.tenant_id and d.process_id = w.process_id
      and (w.version is null or d.version = w.version) and (w.version_tag is null or d.version_tag = w.version_tag)
      and (w.caller_id is null or d.deployment_id = (select c.deployment_id from process_definition c where c.tenant_id = w.tenant_id and c.id = w.caller_id))
    order by d.version desc limit 1) d`;

/**
 * Starts what call activities called: the child's row and its start command commit with the caller's step. What cannot be started
 * comes back to the caller as `failChild`.
 *
 * @returns the new instances, ready to be stepped.
 */
export async function startChildren(tx: EngineTransaction, changes: Changes): Promise<{ tenantId: string; instanceId: string }[]> {
  const { children } = changes;
  if (children.length === 0) return [];
  const found = await tx.query<{ n: number; id: string }>(RESOLVE, [
    children.map((_, n) => n),
    children.map(({ tenantId }) => tenantId),
    children.map(({ calledProcessId }) => calledProcessId),
    children.map(({ binding }) => (binding.type === 'version' ? binding.version : null)),
    children.map(({ binding }) => (binding.type === 'versionTag' ? binding.versionTag : null)),
    children.map(({ binding, callerDefinitionId }) => (binding.type === 'deployment' ? callerDefinitionId : null)),
  ]);
  const definitions = new Map(found.map(({ n, id }) => [n, id]));
  const started = children.flatMap((child, n) => {
    const definitionId = definitions.get(n);
    const refusal = refusalOf(child, definitionId);
    if (refusal) changes.commands.push({ tenantId: child.tenantId, instanceId: child.parentId, command: refusal });
    return definitionId === undefined || refusal ? [] : [{ child, definitionId, id: newId() }];
  });
  if (started.length === 0) return [];
  await tx.query(
    `insert into process_instance (tenant_id, id, process_definition_id, business_key, parent_instance_id, parent_key, call_depth, started_by)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::uuid[], $6::int[], $7::int[], $8::text[])`,
    [
      started.map(({ child }) => child.tenantId),
      started.map(({ id }) => id),
      started.map(({ definitionId }) => definitionId),
      started.map(({ child }) => child.businessKey ?? null),
      started.map(({ child }) => child.parentId),
      started.map(({ child }) => child.key),
      started.map(({ child }) => child.callDepth),
      started.map(({ child }) => child.startedBy),
    ],
  );
  await tx.query(
    'insert into command (tenant_id, id, instance_id, payload) select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::bytea[])',
    [
      started.map(({ child }) => child.tenantId),
      started.map(() => newId()),
      started.map(({ id }) => id),
      started.map(({ child }) => encode(startOf(child))),
    ],
  );
  for (const { child, id } of started) changes.live.push({ tenantId: child.tenantId, change: { topic: 'process-instance', id } });
  return started.map(({ child, id }) => ({ tenantId: child.tenantId, instanceId: id }));
}

function startOf({ variables, businessKey, parentId, key, startedBy }: NewChild): InboxCommand {
  return {
    type: 'start',
    variables,
    parent: { instanceId: parentId, key },
    ...(businessKey !== undefined && { businessKey }),
    ...(startedBy !== null && { by: startedBy }),
  };
}

function refusalOf({ key, calledProcessId, callDepth }: NewChild, definitionId: string | undefined): InboxCommand | null {
  if (callDepth > CALL_DEPTH_MAX) {
    return {
      type: 'failChild',
      key,
      code: 'call-depth-limit',
      message: `Processes call each other more than ${CALL_DEPTH_MAX} deep. Does one call itself?`,
    };
  }
  if (definitionId === undefined) {
    return {
      type: 'failChild',
      key,
      code: 'process-not-found',
      message: `There is no process “${calledProcessId}” to call. Deploy it, then retry.`,
    };
  }
  return null;
}
