import { Module } from '@nestjs/common';
import { UserTasksController } from './user-tasks.controller.js';
import { UserTasksRepository } from './user-tasks.repository.js';
import { UserTasks } from './user-tasks.service.js';

@Module({ controllers: [UserTasksController], providers: [UserTasks, UserTasksRepository] })
export class UserTasksModule {}
