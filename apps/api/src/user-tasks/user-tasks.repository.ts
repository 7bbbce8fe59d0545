import { Injectable } from '@nestjs/common';
import type { UserTask, UserTaskState } from '@baton/contracts';
import { find } from '@baton/engine';
import type { ElementModel, ProcessModel, Scope } from '@baton/engine';
import { Database, readState } from '@baton/runtime';
import type { Transaction } from '@baton/runtime';
import type { Principal } from '../platform/principal.js';
import { notFound } from '../platform/problems.js';

/** One task with what its reader may not see: where it stands in its instance. */
export interface TaskRecord {
  readonly task: Omit<UserTask, 'why'>;
  readonly key: number;
  readonly completedBy: string | null;
  /** Position in the list, to the microsecond. */
  readonly position: readonly [createdAt: string, id: string];
}

type TaskRow = {
  id: string;
  instance_id: string;
  key: number;
  process_id: string;
  process_name: string;
  process_definition_id: string;
  business_key: string | null;
  element_id: string;
  name: string;
  state: UserTaskState;
  assignee: string | null;
  candidate_users: string[];
  candidate_groups: string[];
  created_at: Date;
  created_at_text: string;
  due_at: Date | null;
  follow_up_at: Date | null;
  completed_at: Date | null;
  completed_by: string | null;
  priority: number;
};

const SELECT = `
  select t.id, t.instance_id, t.key, d.process_id, d.name as process_name, t.process_definition_id, i.business_key, t.element_id, t.name, t.state,
    t.assignee, t.candidate_users, t.candidate_groups, t.created_at, t.created_at::text as created_at_text, t.due_at,
    t.follow_up_at, t.completed_at, t.completed_by, t.priority
  from user_task t
  join process_definition d on d.tenant_id = t.tenant_id and d.id = t.process_definition_id
  join process_instance i on i.tenant_id = t.tenant_id and i.id = t.instance_id`;

/** Unclaimed and offered to the reader ($2 username, $3 groups); a task that names nobody is offered to everyone. */
const OFFERED = `t.assignee is null and ($2 = any(t.candidate_users) or t.candidate_groups && $3::text[]
  or t.candidate_users = '{}' and t.candidate_groups = '{}')`;

const VIEWS = {
  mine: '(t.assignee = $2 and $3::text[] is not null)',
  available: `${OFFERED}`,
  inbox: `(t.assignee = $2 or ${OFFERED})`,
  // `mine` and `all` mention what they do not need, so that every view has the same parameters.
  all: '($2::text is not null and $3::text[] is not null)',
} as const;

export interface TaskFilter {
  readonly view: keyof typeof VIEWS;
  readonly state: UserTaskState | undefined;
  readonly processInstanceId: string | undefined;
  readonly before: readonly string[] | undefined;
}

/** Reads user tasks. Which of them a reader may see is decided in the statement, not after it. */
@Injectable()
export class UserTasksRepository {
  constructor(private readonly database: Database) {}

  /** Newest first; one more than `limit` when there is another page. */
  list(reader: Principal, { view, state, processInstanceId, before }: TaskFilter, limit: number): Promise<TaskRecord[]> {
    return this.database.withTenant(reader.tenantId, async (tx) => {
      const rows = await tx.query<TaskRow>(
        `${SELECT} where t.tenant_id = $1 and ${VIEWS[view]} and ($4::text is null or t.state = $4)
           and ($5::uuid is null or t.instance_id = $5)
           and ($6::timestamptz is null or (t.created_at, t.id) < ($6::timestamptz, $7::uuid))
         order by t.created_at desc, t.id desc limit $8`,
        [
          reader.tenantId,
          reader.username,
          reader.groups,
          state ?? null,
          processInstanceId ?? null,
          before?.[0] ?? null,
          before?.[1] ?? null,
          limit + 1,
        ],
      );
      return rows.map(recordOf);
    });
  }

  async get(tenantId: string, id: string): Promise<TaskRecord> {
    return this.database.withTenant(tenantId, (tx) => taskOf(tx, id));
  }
}

/**
 * @throws AppError `not-found` (404)
 */
export async function taskOf(tx: Transaction, id: string): Promise<TaskRecord> {
  const [row] = await tx.query<TaskRow>(`${SELECT} where t.tenant_id = $1 and t.id = $2`, [tx.tenantId, id]);
  if (!row) throw notFound();
  return recordOf(row);
}

/** The variables a task sees: its own scope's and those around it, the nearest value of each name. */
export async function variablesSeenBy(tx: Transaction, record: TaskRecord): Promise<Record<string, unknown>> {
  const [row] = await tx.query<{ state: Buffer | null }>('select state from process_instance where tenant_id = $1 and id = $2', [
    tx.tenantId,
    record.task.processInstanceId,
  ]);
  if (!row?.state) return {};
  const instance = readState(row.state);
  const seen: Record<string, unknown> = {};
  // The task's own scope exists when it has input mappings; else it runs in its surroundings.
  const nearest = find(instance.scopes, record.key)?.key ?? find(instance.elements, record.key)?.scope ?? 0;
  for (let key: number | null = nearest; key !== null;) {
    const scope: Scope | undefined = find(instance.scopes, key);
    for (const [name, value] of Object.entries(scope?.variables ?? {})) if (!Object.hasOwn(seen, name)) seen[name] = value;
    key = scope?.parent ?? null;
  }
  return seen;
}

/** The element a task stands for; documentation is the model's, not copied into each task. */
export const elementOf = (model: ProcessModel, id: string): ElementModel | undefined => model.elements.find((element) => element.id === id);

function recordOf(row: TaskRow): TaskRecord {
  return {
    key: row.key,
    completedBy: row.completed_by,
    position: [row.created_at_text, row.id],
    task: {
      id: row.id,
      processInstanceId: row.instance_id,
      processId: row.process_id,
      processName: row.process_name,
      processDefinitionId: row.process_definition_id,
      ...(row.business_key !== null && { businessKey: row.business_key }),
      elementId: row.element_id,
      name: row.name,
      state: row.state,
      assignee: row.assignee,
      candidateUsers: row.candidate_users,
      candidateGroups: row.candidate_groups,
      createdAt: row.created_at.toISOString(),
      ...(row.due_at && { dueAt: row.due_at.toISOString() }),
      ...(row.follow_up_at && { followUpAt: row.follow_up_at.toISOString() }),
      ...(row.completed_at && { completedAt: row.completed_at.toISOString() }),
      priority: row.priority,
    },
  };
}
