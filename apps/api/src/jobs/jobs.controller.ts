import { Controller, Post } from '@nestjs/common';
import {
  ActivateJobsRequest,
  ActivatedJobs,
  CompleteJobRequest,
  FailJobRequest,
  ThrowJobErrorRequest,
  ThrowJobEscalationRequest,
} from '@baton/contracts';
import type { z } from 'zod';
import { Can } from '../platform/access.js';
import { Gone } from '../platform/gone.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { PathId } from '../platform/path-id.js';
import { Caller } from '../platform/principal.js';
import type { Principal } from '../platform/principal.js';
import { WriteOf } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';
import { Jobs } from './jobs.service.js';

const LEASED = { 409: ['job-lease-lost'] };

@Controller('api/v1/jobs')
export class JobsController {
  constructor(private readonly jobs: Jobs) {}

  @Post('activate')
  @Can('work', 'Job')
  @Operation({
    summary: 'Lease jobs of a type',
    description: 'For the length of the lease nobody else gets them. With `waitMs` the request is held until there is one.',
    response: ActivatedJobs,
    example: { request: { type: 'archive-invoice', worker: 'archive-1', maxJobs: 5, leaseMs: 60000, waitMs: 10000 } },
  })
  activate(
    @Caller() caller: Principal,
    @JsonBody(ActivateJobsRequest) body: z.output<typeof ActivateJobsRequest>,
    @Gone() gone: AbortSignal,
  ): Promise<ActivatedJobs> {
    return this.jobs.activate(caller.tenantId, body, gone);
  }

  @Post(':id/complete')
  @Can('work', 'Job')
  @Operation({
    summary: 'Hand in the result of a leased job',
    status: 204,
    problems: LEASED,
    example: { request: { leaseEpoch: 1, variables: { archived: true } } },
  })
  complete(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(CompleteJobRequest) body: z.output<typeof CompleteJobRequest>,
  ): Promise<void> {
    return this.jobs.complete(write, id, body);
  }

  @Post(':id/fail')
  @Can('work', 'Job')
  @Operation({
    summary: 'Report that a leased job could not be done this time',
    description: '`retriesLeft: 0` makes an incident; left out, there is one try less than before.',
    status: 204,
    problems: LEASED,
    example: { request: { leaseEpoch: 1, message: 'The archive does not answer.', retryAfterMs: 30000 } },
  })
  fail(@WriteOf() write: Write, @PathId() id: string, @JsonBody(FailJobRequest) body: z.output<typeof FailJobRequest>): Promise<void> {
    return this.jobs.fail(write, id, body);
  }

  @Post(':id/throw-error')
  @Can('work', 'Job')
  @Operation({
    summary: 'End a leased job with a business error that the process may catch',
    status: 204,
    problems: LEASED,
    example: { request: { leaseEpoch: 1, errorCode: 'archive-full' } },
  })
  throwError(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ThrowJobErrorRequest) body: z.output<typeof ThrowJobErrorRequest>,
  ): Promise<void> {
    return this.jobs.throwError(write, id, body);
  }

  @Post(':id/escalation')
  @Can('work', 'Job')
  @Operation({
    summary: 'Throw an escalation from a leased job',
    description: 'The work goes on, and so does the lease. Caught by an event that interrupts, the job is withdrawn.',
    status: 204,
    problems: LEASED,
    example: { request: { leaseEpoch: 1, escalationCode: 'takes-longer' } },
  })
  throwEscalation(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ThrowJobEscalationRequest) body: z.output<typeof ThrowJobEscalationRequest>,
  ): Promise<void> {
    return this.jobs.throwEscalation(write, id, body);
  }
}
