import { Controller, Post } from '@nestjs/common';
import { PublishMessageRequest, PublishedMessage } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { publishMessage } from '@baton/runtime';
import type { z } from 'zod';
import { Can } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { WriteOf, Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';

const CODES = {
  '/name': 'message-invalid',
  '/correlationKey': 'message-invalid',
  '/messageId': 'message-invalid',
  '/timeToLiveMs': 'ttl-range',
};

@Controller('api/v1/messages')
export class MessagesController {
  constructor(private readonly writes: Writes) {}

  @Post()
  @Can('publish', 'Message')
  @Operation({
    summary: 'Publish a message',
    description:
      'It goes to the oldest waiting subscription with that name and key, or starts an instance. Unmatched it waits for `timeToLiveMs`. The same `messageId` is accepted once while it lives.',
    response: PublishedMessage,
    problems: { 422: ['message-invalid', 'ttl-range', 'variable-name-reserved', 'variable-too-large'] },
    example: { request: { name: 'payment-received', correlationKey: 'INV-1', timeToLiveMs: 3600000, variables: { paid: true } } },
  })
  publish(
    @WriteOf() write: Write,
    @JsonBody(PublishMessageRequest, CODES) body: z.output<typeof PublishMessageRequest>,
  ): Promise<PublishedMessage> {
    return this.writes.run(write, (tx) => publishMessage(tx, { ...body, variables: body.variables as Variables }));
  }
}
