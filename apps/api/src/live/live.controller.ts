import { Controller, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LiveChange } from '@baton/contracts';
import { Can } from '../platform/access.js';
import { Operation } from '../platform/operation.js';
import { principalOf } from '../platform/principal.js';
import { LiveStreams } from './live-streams.js';

@Controller('api/v1/live')
export class LiveController {
  constructor(private readonly streams: LiveStreams) {}

  @Get()
  @Can('read', 'Live')
  @Operation({
    summary: 'What changes, as it changes (server-sent events)',
    description:
      'Each event `change` names what changed; fetch it to see it. `resync` means that changes may have been missed: fetch everything shown. ' +
      'A comment comes every 15 seconds. The stream ends when the access token does: refresh, then open a new one.',
    produces: 'text/event-stream',
    response: LiveChange,
  })
  open(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    this.streams.open(principalOf(request), reply);
  }
}
