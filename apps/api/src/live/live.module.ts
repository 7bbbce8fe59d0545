import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { UserTasksRepository } from '../user-tasks/user-tasks.repository.js';
import { LiveController } from './live.controller.js';
import { LiveStreams } from './live-streams.js';

@Module({ imports: [AuthModule], controllers: [LiveController], providers: [LiveStreams, UserTasksRepository] })
export class LiveModule {}
