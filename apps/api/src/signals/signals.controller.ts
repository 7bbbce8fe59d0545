import { Controller, Post } from '@nestjs/common';
import { ThrowSignalRequest, ThrownSignal } from '@baton/contracts';
import type { Variables } from '@baton/engine';
import { throwSignal } from '@baton/runtime';
import type { z } from 'zod';
import { Can } from '../platform/access.js';
import { JsonBody } from '../platform/json-body.js';
import { Operation } from '../platform/operation.js';
import { WriteOf, Writes } from '../platform/writes.js';
import type { Write } from '../platform/writes.js';

@Controller('api/v1/signals')
export class SignalsController {
  constructor(private readonly writes: Writes) {}

  @Post()
  @Can('publish', 'Signal')
  @Operation({
    summary: 'Throw a signal',
    description:
      'It reaches everybody who waits for it at this moment and starts every process that begins with it: all of them, or nothing has happened. It is not kept.',
    response: ThrownSignal,
    problems: { 422: ['variable-name-reserved', 'variable-too-large'] },
    example: { request: { name: 'prices-changed', variables: { from: '2026-12-01' } }, response: { reached: 3, started: 1 } },
  })
  throw(@WriteOf() write: Write, @JsonBody(ThrowSignalRequest) body: z.output<typeof ThrowSignalRequest>): Promise<ThrownSignal> {
    const { username: by } = write.principal;
    return this.writes.run(write, (tx) => throwSignal(tx, { name: body.name, variables: body.variables as Variables, by }));
  }
}
