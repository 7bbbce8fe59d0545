import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { DiscoveryModule, MetadataScanner } from '@nestjs/core';
import { PrismaClient, openPrisma } from '@baton/prisma';
import { Database, Doorbell, LiveFeed } from '@baton/runtime';
import { ApiConfig } from './config.js';
import { Cursors } from './cursors.js';
import { Effects } from './effects.js';
import { RouteTable } from './route-table.js';
import { StoreConnections } from './store-connections.js';
import { Writes } from './writes.js';

/** People are read through a small pool of their own; everything else goes through `Database`. */
const PRISMA_CONNECTIONS = 4;

/** What every feature uses. No business rules. */
@Module({})
export class PlatformModule {
  static with(config: ApiConfig): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: ApiConfig, useValue: config },
        { provide: Doorbell, useFactory: () => new Doorbell({ url: config.databaseUrl, redisUrl: config.redisUrl }) },
        {
          provide: Database,
          inject: [Doorbell],
          useFactory: (doorbell: Doorbell) => new Database({ url: config.databaseUrl, ring: () => doorbell.ring() }),
        },
        { provide: PrismaClient, useFactory: () => openPrisma(config.databaseUrl, PRISMA_CONNECTIONS) },
        { provide: LiveFeed, useFactory: () => new LiveFeed({ url: config.databaseUrl }) },
        MetadataScanner,
        RouteTable,
        Cursors,
        Effects,
        Writes,
        StoreConnections,
      ],
      exports: [ApiConfig, Database, PrismaClient, LiveFeed, RouteTable, Cursors, Effects, Writes],
    };
  }
}
