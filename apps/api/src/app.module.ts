import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthModule } from './auth/auth.module.js';
import { DeploymentsModule } from './deployments/deployments.module.js';
import { FormsModule } from './forms/forms.module.js';
import { HealthModule } from './health/health.module.js';
import { IncidentsModule } from './incidents/incidents.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LiveModule } from './live/live.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { AccessGuard } from './platform/access.guard.js';
import type { ApiConfig } from './platform/config.js';
import { PlatformModule } from './platform/platform.module.js';
import { ProcessDefinitionsModule } from './process-definitions/process-definitions.module.js';
import { ProcessInstancesModule } from './process-instances/process-instances.module.js';
import { SignalsModule } from './signals/signals.module.js';
import { UserTasksModule } from './user-tasks/user-tasks.module.js';

/** The rooms of the API: one module per feature. */
@Module({})
export class AppModule {
  static with(config: ApiConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config),
        AuthModule,
        DeploymentsModule,
        FormsModule,
        HealthModule,
        IncidentsModule,
        JobsModule,
        LiveModule,
        MessagesModule,
        ProcessDefinitionsModule,
        ProcessInstancesModule,
        SignalsModule,
        UserTasksModule,
      ],
      providers: [{ provide: APP_GUARD, useClass: AccessGuard }],
    };
  }
}
