import { Injectable } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { PrismaClient } from '@baton/prisma';
import { Database, Doorbell, LiveFeed } from '@baton/runtime';

/** Ends every connection when the process leaves, after the last request. */
@Injectable()
export class StoreConnections implements OnApplicationShutdown {
  constructor(
    private readonly database: Database,
    private readonly doorbell: Doorbell,
    private readonly prisma: PrismaClient,
    private readonly feed: LiveFeed,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled([this.feed.close(), this.doorbell.close(), this.database.close(), this.prisma.$disconnect()]);
  }
}
