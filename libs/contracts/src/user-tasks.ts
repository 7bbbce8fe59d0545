import { z } from 'zod';
import { PageQuery } from './page.js';
import { Variables } from './variables.js';

export const UserTaskState = z.enum(['open', 'completing', 'completed', 'canceled']);
export type UserTaskState = z.infer<typeof UserTaskState>;

export const UserTask = z.object({
  id: z.uuid(),
  processInstanceId: z.uuid(),
  processId: z.string(),
  processName: z.string(),
  processDefinitionId: z.uuid(),
  /** The reference its instance was started with: what tells two tasks of one kind apart. */
  businessKey: z.string().optional(),
  elementId: z.string(),
  name: z.string(),
  documentation: z.string().optional(),
  state: UserTaskState,
  assignee: z.string().nullable(),
  candidateUsers: z.array(z.string()),
  candidateGroups: z.array(z.string()),
  createdAt: z.iso.datetime(),
  dueAt: z.iso.datetime().optional(),
  followUpAt: z.iso.datetime().optional(),
  completedAt: z.iso.datetime().optional(),
  priority: z.int(),
  /** Why the reader sees it: `assignee`, `candidate-user`, `candidate-group:<group>`, `supervisor`. */
  why: z.array(z.string()),
});
export type UserTask = z.infer<typeof UserTask>;

/** `mine`: assigned to me. `available`: unclaimed and I am a candidate. `inbox`: both. `all`: for operators and administrators. */
export const UserTaskQuery = PageQuery.extend({
  view: z.enum(['inbox', 'mine', 'available', 'all']).default('inbox'),
  state: UserTaskState.optional(),
  processInstanceId: z.string().optional(),
});
export type UserTaskQuery = z.input<typeof UserTaskQuery>;

export const CompleteTaskRequest = z.strictObject({ variables: Variables.default({}) });
export type CompleteTaskRequest = z.input<typeof CompleteTaskRequest>;
