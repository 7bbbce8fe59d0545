import { Module } from '@nestjs/common';
import { JobsController } from './jobs.controller.js';
import { Jobs } from './jobs.service.js';

@Module({ controllers: [JobsController], providers: [Jobs] })
export class JobsModule {}
