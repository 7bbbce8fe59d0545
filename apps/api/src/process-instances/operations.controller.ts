import { Controller, Post } from '@nestjs/common';
import type { z } from 'zod';
import {
  CompleteAdHocRequest,
  MigrateRequest,
  MigrationPlan,
  ModifyRequest,
  RescheduleTimerRequest,
  ResumeRequest,
  SetVariablesRequest,
  StartAdHocRequest,
  Started,
  SuspendRequest,
} from '@baton/contracts';
import type { Operation as InstanceOperation } from '@baton/runtime';
import { Can } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { PathId } from '../platform/path-id.js';
import { WaitMs } from '../platform/prefer.js';
import { Caller } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';
import { WriteOf } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { ProcessInstances } from './process-instances.service.js';

/** What operators do to instances. Only the next step of an instance says whether it can be done; each route waits for that. */
@Controller('api/v1/process-instances')
export class OperationsController {
  constructor(private readonly instances: ProcessInstances) {}

  @Post(':id/suspend')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Suspend an instance',
    description: 'No token moves and no task can be completed until it is resumed. What comes from outside meanwhile is kept.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'instance-suspended'] },
  })
  suspend(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(SuspendRequest) { reason }: SuspendRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'suspend' }, reason, waitMs);
  }

  @Post(':id/resume')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Resume a suspended instance',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'instance-active'] },
  })
  resume(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ResumeRequest) { reason }: ResumeRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'resume' }, reason, waitMs);
  }

  @Post(':id/variables')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Set variables of an instance',
    description: 'In one scope: without `scope` in that of the instance. Who did it and why goes into the history.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'unknown-scope'], 422: ['variable-name-reserved', 'variable-too-large'] },
    example: { request: { variables: { amount: 1200 }, reason: 'The invoice had a typing error.' } },
  })
  setVariables(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(SetVariablesRequest) { variables, scope, reason }: z.output<typeof SetVariablesRequest>,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'setVariables', scope, variables } as InstanceOperation, reason, waitMs);
  }

  @Post(':id/modify')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Move the tokens of an instance by hand',
    description: 'All changes are done in one step, or none. Keys are those of the history.',
    status: 202,
    response: Started,
    problems: {
      409: ['instance-not-active', 'not-waiting', 'unknown-element', 'unknown-scope'],
      422: ['variable-name-reserved', 'variable-too-large'],
    },
    example: { request: { changes: [{ type: 'move', key: 5, elementId: 'approve' }], reason: 'Has to be approved once more.' } },
  })
  modify(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ModifyRequest) { changes, reason }: ModifyRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'modify', changes } as InstanceOperation, reason, waitMs);
  }

  @Post(':id/migration')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Move an instance to another version of its process',
    description:
      'To `targetDefinitionId`, or to a `version` of the process it runs. `mapping` names elements that are called differently there. What waits goes on waiting; the refusal lists every reason in `errors`.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'migration-unsafe'] },
    example: { request: { version: 2, mapping: { check: 'approve' }, reason: 'Version 1 asked the wrong people.' } },
  })
  migrate(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(MigrateRequest) body: z.output<typeof MigrateRequest>,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.migrate(write, id, body, waitMs);
  }

  @Post(':id/migration/plan')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'What a migration would be refused for now',
    description: 'Takes what the migration takes, and changes nothing. Without problems it would be done.',
    response: MigrationPlan,
    problems: { 409: ['instance-not-active'] },
  })
  planMigration(
    @Caller() caller: Principal,
    @PathId() id: string,
    @JsonBody(MigrateRequest) body: z.output<typeof MigrateRequest>,
  ): Promise<MigrationPlan> {
    return this.instances.planMigration(caller.tenantId, id, body);
  }

  @Post(':id/reschedule-timer')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Give a running timer of an instance another time',
    description: '`timer` is its key in the history. A time that is over fires it at once.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'not-waiting'] },
    example: { request: { timer: 7, dueAt: '2026-12-01T09:00:00Z', reason: 'The office is closed.' } },
  })
  rescheduleTimer(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(RescheduleTimerRequest) { timer, dueAt, reason }: RescheduleTimerRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'rescheduleTimer', timer, dueAt: Date.parse(dueAt) }, reason, waitMs);
  }

  @Post(':id/ad-hoc/start')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Start activities of an ad-hoc sub-process',
    description: 'Those that no flow leads to, as often as wanted. `key` is the element instance of the sub-process.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'instance-suspended', 'not-waiting', 'unknown-element'] },
    example: { request: { key: 3, elementIds: ['call-the-customer'] } },
  })
  startAdHoc(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(StartAdHocRequest) { key, elementIds }: StartAdHocRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'activateAdHoc', key, elementIds }, undefined, waitMs);
  }

  @Post(':id/ad-hoc/complete')
  @Can('operate', 'ProcessInstance')
  @Operation({
    summary: 'Complete an ad-hoc sub-process',
    description: 'What is still under way inside it is canceled.',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active', 'instance-suspended', 'not-waiting'] },
    example: { request: { key: 3 } },
  })
  completeAdHoc(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(CompleteAdHocRequest) { key }: CompleteAdHocRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.operate(write, id, { type: 'completeAdHoc', key }, undefined, waitMs);
  }
}
