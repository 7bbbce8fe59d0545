import { Controller, Get } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '@baton/runtime';
import { Public } from '../platform/access.js';
import { Operation } from '../platform/operation.js';

const Health = z.object({ status: z.literal('ok') });
type Health = z.infer<typeof Health>;

@Controller('api/health')
export class HealthController {
  constructor(private readonly database: Database) {}

  /** Never asks the database: a short outage there must not restart every instance here. */
  @Get('live')
  @Public()
  @Operation({ summary: 'Is this process alive?', response: Health })
  live(): Health {
    return { status: 'ok' };
  }

  @Get('ready')
  @Public()
  @Operation({ summary: 'Can this process serve requests? Asks the database', response: Health })
  async ready(): Promise<Health> {
    await this.database.ping();
    return { status: 'ok' };
  }
}
