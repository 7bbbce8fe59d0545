import { Controller, Get, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  CancelRequest,
  HistoryStep,
  InstanceQuery,
  ProcessInstance,
  ProcessInstanceDetail,
  StartRequest,
  Started,
  pageOf,
} from '@baton/contracts';
import type { Page } from '@baton/contracts';
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
import { ProcessInstances } from './process-instances.service.js';

const HistoryQuery = z.object({
  /** Steps whose first event has a larger sequence number than this. */
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});
const History = z.object({ items: z.array(HistoryStep) });

@Controller('api/v1/process-instances')
export class ProcessInstancesController {
  constructor(private readonly instances: ProcessInstances) {}

  @Post()
  @Can('start', 'ProcessInstance')
  @Operation({
    summary: 'Start an instance',
    description:
      'Names the process by `processId` (latest version, or `version` of it) or exactly by `processDefinitionId`. 201 means committed.',
    status: 201,
    response: Started,
    problems: { 404: ['not-found'], 422: ['form-invalid', 'not-startable', 'variable-name-reserved', 'variable-too-large'] },
    example: {
      request: { processId: 'invoice', businessKey: 'INV-1', variables: { amount: 1200, creditor: 'Great Pizza' } },
      response: { id: '01994c1c-7a3e-7000-8000-000000000001', state: 'starting' },
    },
  })
  start(@WriteOf() write: Write, @JsonBody(StartRequest) body: z.output<typeof StartRequest>, @WaitMs() waitMs: number): Promise<Started> {
    return this.instances.start(write, body, waitMs);
  }

  @Get()
  @Can('read', 'ProcessInstance')
  @Operation({ summary: 'List instances, newest first', response: pageOf(ProcessInstance) })
  list(@Caller() caller: Principal, @QueryOf(InstanceQuery) query: z.output<typeof InstanceQuery>): Promise<Page<ProcessInstance>> {
    return this.instances.list(caller.tenantId, query);
  }

  @Get(':id')
  @Can('read', 'ProcessInstance')
  @Operation({ summary: 'One instance with its variables, incidents and children', response: ProcessInstanceDetail })
  get(@Caller() caller: Principal, @PathId() id: string): Promise<ProcessInstanceDetail> {
    return this.instances.get(caller.tenantId, id);
  }

  @Get(':id/history')
  @Can('read', 'ProcessInstance')
  @Operation({
    summary: 'What happened, step by step',
    description: 'Oldest first. Folding the events gives the state; ask for the next page with `after` = the last `firstSequence`.',
    response: History,
  })
  async history(
    @Caller() caller: Principal,
    @PathId() id: string,
    @QueryOf(HistoryQuery) { after, limit }: z.output<typeof HistoryQuery>,
  ): Promise<z.output<typeof History>> {
    return { items: await this.instances.history(caller.tenantId, id, after, limit) };
  }

  @Post(':id/cancel')
  @Can('cancel', 'ProcessInstance')
  @Operation({
    summary: 'Cancel an instance and everything it called',
    status: 202,
    response: Started,
    problems: { 409: ['instance-not-active'] },
  })
  cancel(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(CancelRequest) body: CancelRequest,
    @WaitMs() waitMs: number,
  ): Promise<Started> {
    return this.instances.cancel(write, id, body.reason, waitMs);
  }
}
