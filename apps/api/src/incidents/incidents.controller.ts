import { Controller, Post } from '@nestjs/common';
import { ResolveIncidentRequest } from '@baton/contracts';
import { resolveIncident } from '@baton/runtime';
import { Can } from '../platform/access.js';
import { Effects } from '../platform/effects.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { PathId } from '../platform/path-id.js';
import { WaitMs } from '../platform/prefer.js';
import { WriteOf, Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';

@Controller('api/v1/incidents')
export class IncidentsController {
  constructor(
    private readonly writes: Writes,
    private readonly effects: Effects,
  ) {}

  @Post(':id/resolve')
  @Can('resolve', 'Incident')
  @Operation({
    summary: 'Try again after something was changed',
    description: '`retries` gives a failed job that many attempts.',
    status: 204,
    problems: { 409: ['incident-not-open'] },
    example: { request: { retries: 3 } },
  })
  async resolve(
    @WriteOf() write: Write,
    @PathId() id: string,
    @JsonBody(ResolveIncidentRequest) { retries }: ResolveIncidentRequest,
    @WaitMs() waitMs: number,
  ): Promise<void> {
    const { commandId } = await this.writes.run(write, (tx) =>
      resolveIncident(tx, { incidentId: id, retries, by: write.principal.username }),
    );
    await this.effects.applied(write.principal.tenantId, commandId, waitMs);
  }
}
