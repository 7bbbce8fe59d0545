import { Controller, Get, Post } from '@nestjs/common';
import { CompleteTaskRequest, Form, UserTask, UserTaskQuery, pageOf } from '@baton/contracts';
import type { Page } from '@baton/contracts';
import { z } from 'zod';
import { Can } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { PathId } from '../platform/path-id.js';
import { WaitMs } from '../platform/prefer.js';
import { Caller } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';
import { QueryOf } from '../platform/query.js';
import { WriteOf } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { UserTasks } from './user-tasks.service.js';

const Nothing = z.strictObject({});
const DECIDED = { 403: ['forbidden'], 409: ['task-not-open', 'task-claimed'] };

@Controller('api/v1/user-tasks')
export class UserTasksController {
  constructor(private readonly tasks: UserTasks) {}

  @Get()
  @Can('read', 'UserTask')
  @Operation({
    summary: 'List user tasks, newest first',
    description:
      '`mine`: assigned to me. `available`: unclaimed and I am a candidate. `inbox`: both. `all`: everything, for operators and administrators.',
    response: pageOf(UserTask),
  })
  list(@Caller() caller: Principal, @QueryOf(UserTaskQuery) query: z.output<typeof UserTaskQuery>): Promise<Page<UserTask>> {
    return this.tasks.list(caller, query);
  }

  @Get(':id')
  @Can('read', 'UserTask')
  @Operation({ summary: 'One user task', response: UserTask })
  get(@Caller() caller: Principal, @PathId() id: string): Promise<UserTask> {
    return this.tasks.get(caller, id);
  }

  @Get(':id/form')
  @Can('read', 'UserTask')
  @Operation({ summary: 'The form to complete it with, filled with what the task sees', response: Form })
  form(@Caller() caller: Principal, @PathId() id: string): Promise<Form> {
    return this.tasks.form(caller, id);
  }

  @Post(':id/claim')
  @Can('work', 'UserTask')
  @Operation({ summary: 'Take a task for yourself', response: UserTask, problems: DECIDED })
  claim(@WriteOf() write: Write, @PathId() id: string, @JsonBody(Nothing) _: object, @WaitMs() waitMs: number): Promise<UserTask> {
    return this.tasks.claim(write, id, waitMs);
  }

  @Post(':id/release')
  @Can('work', 'UserTask')
  @Operation({ summary: 'Give a task back to its candidates', response: UserTask, problems: DECIDED })
  release(@WriteOf() write: Write, @PathId() id: string, @JsonBody(Nothing) _: object, @WaitMs() waitMs: number): Promise<UserTask> {
    return this.tasks.release(write, id, waitMs);
  }

  @Post(':id/complete')
  @Can('work', 'UserTask')
  @Operation({
    summary: 'Complete a task with what was entered',
    description: 'The answer is final: 200 means that the completion is committed and will be applied.',
    response: UserTask,
    problems: { ...DECIDED, 422: ['form-invalid', 'variable-name-reserved', 'variable-too-large'] },
    example: { request: { variables: { approved: true } } },
  })
  complete(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(CompleteTaskRequest) body: z.output<typeof CompleteTaskRequest>,
    @WaitMs() waitMs: number,
  ): Promise<UserTask> {
    return this.tasks.complete(write, id, body, waitMs);
  }
}
